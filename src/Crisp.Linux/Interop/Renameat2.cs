using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>renameat2(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int renameat2(int fromDirectory, byte* from, int toDirectory, byte* to, uint flags);
}
