using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>kill(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static partial int kill(int pid, int signal);
}
