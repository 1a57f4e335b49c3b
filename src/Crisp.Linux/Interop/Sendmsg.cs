using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>sendmsg(2) of a struct msghdr.</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial nint sendmsg(int socket, byte* message, int flags);
}
