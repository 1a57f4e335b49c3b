using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>eventfd(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static partial int eventfd(uint initial, int flags);
}
