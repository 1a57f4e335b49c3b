using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>readlinkat(2); the result is not terminated.</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial nint readlinkat(int directory, byte* path, byte* buffer, nuint size);
}
