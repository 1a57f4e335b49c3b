using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>sigaction(2); the buffers are glibc's struct sigaction.</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int sigaction(int signal, byte* action, byte* previous);
}
