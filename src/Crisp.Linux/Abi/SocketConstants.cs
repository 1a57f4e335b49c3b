namespace Crisp.Linux.Abi;

/// <summary>Constants of the socket calls, and struct sockaddr_un (unix(7)).</summary>
internal static class SocketConstants
{
    internal const int AF_UNIX = 1;
    internal const int AF_INET = 2;
    internal const int SOCK_STREAM = 1;
    internal const int SOCK_DGRAM = 2;
    internal const int SOCK_SEQPACKET = 5;
    internal const int SOCK_NONBLOCK = 0x800;
    internal const int SOCK_CLOEXEC = 0x80000;
    internal const int MSG_NOSIGNAL = 0x4000;
    internal const int MSG_TRUNC = 0x20;

    internal const int UnixAddressSize = 110;
    internal const int UnixPathOffset = 2;

    /// <summary>The longest path, without its NUL.</summary>
    internal const int MaxUnixPath = 107;
}
