using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>recv(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial nint recv(int socket, byte* buffer, nuint length, int flags);
}
