using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>listen(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static partial int listen(int socket, int backlog);
}
