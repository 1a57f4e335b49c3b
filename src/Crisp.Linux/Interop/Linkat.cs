using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>linkat(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int linkat(int fromDirectory, byte* from, int toDirectory, byte* to, int flags);
}
