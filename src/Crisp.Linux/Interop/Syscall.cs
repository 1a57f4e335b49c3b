using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>
    /// syscall(2), for the calls that the glibc of Debian 12's age does not wrap everywhere. The function is variadic;
    /// with integer arguments alone that makes no difference on x86-64 and arm64.
    /// </summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial nint syscall(
        nint number, nint argument1, nint argument2, nint argument3, nint argument4, nint argument5);
}
