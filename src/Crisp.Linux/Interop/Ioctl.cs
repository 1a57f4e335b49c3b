using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>ioctl(2) with a pointer argument.</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int ioctl(int fd, nuint request, byte* argument);
}
