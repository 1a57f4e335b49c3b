using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>sendto(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial nint sendto(
        int socket, byte* buffer, nuint length, int flags, byte* address, uint addressLength);
}
