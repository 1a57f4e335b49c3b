using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>fchownat(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int fchownat(int directory, byte* path, uint owner, uint group, int flags);
}
