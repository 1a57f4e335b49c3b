using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>lseek(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static partial nint lseek(int fd, long offset, int whence);
}
