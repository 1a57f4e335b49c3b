using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>waitid(2); the buffer is a siginfo_t.</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int waitid(int idType, int id, byte* signalInfo, int options);
}
