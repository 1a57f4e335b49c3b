using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>munmap(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int munmap(void* start, nuint length);
}
