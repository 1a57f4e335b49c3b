using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>signalfd(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int signalfd(int fd, byte* signals, int flags);
}
