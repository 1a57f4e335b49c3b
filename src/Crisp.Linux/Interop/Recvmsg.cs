using System.Runtime.InteropServices;

namespace Crisp.Linux.Interop;

internal static partial class Libc
{
    /// <summary>recvmsg(2) into a struct msghdr.</summary>
    [LibraryImport(Name, SetLastError = true)]
    internal static unsafe partial nint recvmsg(int socket, byte* message, int flags);
}
