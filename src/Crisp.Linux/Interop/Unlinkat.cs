using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>unlinkat(2).</summary>
    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int unlinkat(int directory, string path, int flags);

    /// <summary>The same for a name that need not be UTF-8.</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int unlinkat(int directory, byte* path, int flags);
}
