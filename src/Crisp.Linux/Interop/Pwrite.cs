using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>pwrite(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial nint pwrite(int fd, byte* buffer, nuint count, long offset);
}
