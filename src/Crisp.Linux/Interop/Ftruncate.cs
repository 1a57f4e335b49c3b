using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>ftruncate(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static partial int ftruncate(int fd, long length);
}
