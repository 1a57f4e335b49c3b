using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>statx(2); the buffer is laid out by <see cref="Abi.StatxLayout"/>.</summary>
    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int statx(int directory, string path, int flags, uint mask, byte* buffer);

    /// <summary>The same for a name that need not be UTF-8.</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int statx(int directory, byte* path, int flags, uint mask, byte* buffer);
}
