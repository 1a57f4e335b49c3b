using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>flock(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static partial int flock(int fd, int operation);
}
