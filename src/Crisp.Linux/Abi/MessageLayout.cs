namespace Crisp.Linux.Abi;

/// <summary>
/// struct msghdr, iovec and cmsghdr, by which descriptors travel over a unix socket (cmsg(3), unix(7)). 64 bit.
/// </summary>
internal static class MessageLayout
{
    internal const int Size = 56;
    internal const int Iov = 16;
    internal const int IovCount = 24;
    internal const int Control = 32;
    internal const int ControlLength = 40;
    internal const int Flags = 48;

    internal const int IovSize = 16;
    internal const int IovLength = 8;

    /// <summary>struct cmsghdr without its data, which follows: length u64, level i32, type i32.</summary>
    internal const int ControlHeaderSize = 16;
    internal const int ControlLevel = 8;
    internal const int ControlType = 12;

    internal const int SOL_SOCKET = 1;
    internal const int SCM_RIGHTS = 1;
    internal const int MSG_CTRUNC = 8;
    internal const int MSG_CMSG_CLOEXEC = 0x40000000;
}
