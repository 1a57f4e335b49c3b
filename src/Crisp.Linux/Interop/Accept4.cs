using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>accept4(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int accept4(int socket, byte* address, uint* length, int flags);
}
