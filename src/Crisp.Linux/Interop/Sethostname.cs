using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>sethostname(2): of the calling thread's UTS namespace.</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial int sethostname(byte* name, nuint length);
}
