using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>epoll_wait(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int epoll_wait(int epoll, byte* events, int maxEvents, int timeoutMillis);
}
