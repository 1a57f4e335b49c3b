using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>connect(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int connect(int socket, byte* address, uint length);
}
