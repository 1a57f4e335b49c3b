using System.Buffers.Binary;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>waitid(2): the exit status of children, also of those a subreaper was given.</summary>
public static class ChildReaper
{
    /// <summary>
    /// Reaps the child behind a pidfd; null while it runs. A process that is no child of ours throws ECHILD.
    /// </summary>
    public static ExitStatus? TryReap(FileDescriptor pidFd) =>
        Wait(SignalLayout.P_PIDFD, pidFd.Number, SignalLayout.WEXITED, out var status, out var pid) is { } errno
            ? throw new SyscallException("waitid", errno)
            : pid == 0 ? null : status;

    /// <summary>Reaps one ended child, whichever; false when there is none now.</summary>
    public static bool TryReapAny(out int pid, out ExitStatus status) =>
        Wait(SignalLayout.P_ALL, 0, SignalLayout.WEXITED, out status, out pid) is null && pid != 0;

    /// <summary>Reaps the child of that number; false when it has not ended, or is none of ours.</summary>
    internal static bool TryReap(int pid) =>
        Wait(SignalLayout.P_PID, pid, SignalLayout.WEXITED, out _, out var reaped) is null && reaped != 0;

    /// <summary>A child that has ended and is not reaped, nor is it now; null when there is none.</summary>
    internal static int? Peek() =>
        Wait(SignalLayout.P_ALL, 0, SignalLayout.WEXITED | SignalLayout.WNOWAIT, out _, out var pid) is null && pid != 0
            ? pid
            : null;

    /// <summary>Null or an errno; pid 0 when no child has ended.</summary>
    private static unsafe Errno? Wait(int idType, int id, int options, out ExitStatus status, out int pid)
    {
        byte* info = stackalloc byte[SignalLayout.SigInfoSize];
        new Span<byte>(info, SignalLayout.SigInfoSize).Clear();
        status = default;
        pid = 0;
        while (Libc.waitid(idType, id, info, options | SignalLayout.WNOHANG) < 0)
        {
            if (FailedCall.LastErrno is var errno and not Errno.EINTR)
                return errno;
        }

        pid = ReadInt(info, SignalLayout.SigInfoPid);
        if (pid == 0)
            return null;
        var value = ReadInt(info, SignalLayout.SigInfoStatus);
        status = ReadInt(info, SignalLayout.SigInfoCode) == SignalLayout.CLD_EXITED
            ? new ExitStatus(value, null)
            : new ExitStatus(0, value);
        return null;
    }

    private static unsafe int ReadInt(byte* at, int offset) =>
        BinaryPrimitives.ReadInt32LittleEndian(new ReadOnlySpan<byte>(at + offset, sizeof(int)));
}
