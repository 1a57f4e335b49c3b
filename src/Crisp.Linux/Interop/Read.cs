using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>read(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial nint read(int fd, byte* buffer, nuint count);
}
