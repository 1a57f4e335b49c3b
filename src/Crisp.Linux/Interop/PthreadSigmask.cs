using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>pthread_sigmask(3); the result is an error number.</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int pthread_sigmask(int how, byte* signals, byte* previous);
}
