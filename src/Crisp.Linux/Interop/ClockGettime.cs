using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>clock_gettime(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int clock_gettime(int clock, long* timespec);
}
