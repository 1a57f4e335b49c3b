using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>fgetxattr(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial nint fgetxattr(int fd, byte* name, byte* value, nuint size);
}
