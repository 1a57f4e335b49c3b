using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>mmap(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial void* mmap(
        void* address, nuint length, int protection, int flags, int fd, nint offset);
}
