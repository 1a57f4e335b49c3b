using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>futimens(3): access time, then modification time, each as seconds and nanoseconds.</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int futimens(int fd, long* times);
}
