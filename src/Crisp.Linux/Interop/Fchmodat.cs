using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>fchmodat(2), which follows a symlink in the last place.</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int fchmodat(int directory, byte* path, uint mode, int flags);
}
