using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>send(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial nint send(int socket, byte* buffer, nuint length, int flags);
}
