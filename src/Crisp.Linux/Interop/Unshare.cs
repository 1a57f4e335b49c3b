using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>unshare(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static partial int unshare(int flags);
}
