using System.Runtime.InteropServices;

namespace Crisp.Linux;

/// <summary>Turns the result of a libc call into a value or a <see cref="SyscallException"/>.</summary>
internal static class FailedCall
{
    internal static Errno LastErrno => (Errno)Marshal.GetLastPInvokeError();

    /// <summary>The result, or an exception with errno when it is negative. EINTR is the caller's to retry.</summary>
    internal static int ThrowIfNegative(nint result, string call, string? path = null) =>
        result >= 0 ? (int)result : throw new SyscallException(call, LastErrno, path);

    internal static SyscallException Last(string call, string? path = null) => new(call, LastErrno, path);
}
