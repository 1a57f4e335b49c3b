using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>utimensat(2): access time, then modification time, each as seconds and nanoseconds.</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int utimensat(int directory, byte* path, long* times, int flags);
}
