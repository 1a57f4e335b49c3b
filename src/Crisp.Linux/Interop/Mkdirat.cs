using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>mkdirat(2).</summary>
    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mkdirat(int directory, string path, uint mode);

    /// <summary>The same for a name that need not be UTF-8.</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int mkdirat(int directory, byte* path, uint mode);
}
