using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

/// <summary>The imports from libc; each file adds the ones of its own call.</summary>
internal static partial class Libc
{
    internal const string Name = "libc";

    /// <summary>close(2). Never retried: on Linux the descriptor is gone even after EINTR.</summary>
    [LibraryImport(Name)]
    internal static partial int close(int fd);
}
