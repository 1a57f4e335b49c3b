using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>epoll_ctl(2); the event is laid out by <see cref="Abi.EpollEventLayout"/>.</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int epoll_ctl(int epoll, int operation, int fd, byte* epollEvent);
}
