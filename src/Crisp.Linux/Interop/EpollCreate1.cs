using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>epoll_create1(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static partial int epoll_create1(int flags);
}
