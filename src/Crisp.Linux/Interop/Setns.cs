using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>setns(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static partial int setns(int fd, int kind);
}
