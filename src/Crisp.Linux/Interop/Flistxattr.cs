using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>flistxattr(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial nint flistxattr(int fd, byte* list, nuint size);
}
