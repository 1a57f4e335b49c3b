using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>madvise(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int madvise(void* address, nuint length, int advice);
}
