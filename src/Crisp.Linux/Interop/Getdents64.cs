using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>getdents64(2): struct linux_dirent64 one after the other.</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial nint getdents64(int fd, byte* buffer, nuint size);
}
