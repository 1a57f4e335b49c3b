using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>bind(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int bind(int socket, byte* address, uint length);
}
