using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>symlinkat(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int symlinkat(byte* target, int directory, byte* path);
}
