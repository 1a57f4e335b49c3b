using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>fsetxattr(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int fsetxattr(int fd, byte* name, byte* value, nuint size, int flags);
}
