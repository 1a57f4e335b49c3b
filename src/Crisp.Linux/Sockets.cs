using System.Text;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>Making sockets and unix addresses.</summary>
internal static class Sockets
{
    internal static FileDescriptor Create(int domain, int type) => new(FailedCall.ThrowIfNegative(
        Libc.socket(domain, type | SocketConstants.SOCK_CLOEXEC, 0), "socket"));

    /// <summary>Fills a sockaddr_un and returns its length. A leading '@' means the abstract namespace.</summary>
    internal static int UnixAddress(string path, Span<byte> address)
    {
        var length = Encoding.UTF8.GetByteCount(path);
        if (length is 0 or > SocketConstants.MaxUnixPath)
            throw new SyscallException("bind", Errno.ENAMETOOLONG, path);
        address.Clear();
        address[0] = SocketConstants.AF_UNIX;
        var name = address[SocketConstants.UnixPathOffset..];
        Encoding.UTF8.GetBytes(path, name);
        if (name[0] != (byte)'@')
            return SocketConstants.UnixPathOffset + length + 1;
        name[0] = 0;
        return SocketConstants.UnixPathOffset + length;
    }
}
