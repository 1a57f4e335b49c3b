using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>execve(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int execve(byte* path, byte** argv, byte** envp);
}
