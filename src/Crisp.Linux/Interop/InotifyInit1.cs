using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>inotify_init1(2).</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static partial int inotify_init1(int flags);
}
