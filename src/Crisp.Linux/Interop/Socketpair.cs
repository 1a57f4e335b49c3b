using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>socketpair(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int socketpair(int domain, int type, int protocol, int* ends);
}
