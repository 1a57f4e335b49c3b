using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>syncfs(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static partial int syncfs(int fd);
}
