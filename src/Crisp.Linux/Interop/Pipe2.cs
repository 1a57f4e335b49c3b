using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>pipe2(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int pipe2(int* ends, int flags);
}
