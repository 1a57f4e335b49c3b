using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>fchmod(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static partial int fchmod(int fd, uint mode);
}
