using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>umask(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static partial uint umask(uint mask);
}
