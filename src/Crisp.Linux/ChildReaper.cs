using System.Buffers.Binary;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>waitid(2): the exit status of children, also of those a subreaper was given.</summary>
public static class ChildReaper
{
    /// <summary>Reaps the child behind a pidfd; null while it runs. A process that is no child of ours throws ECHILD.</summary>
    public static ExitStatus? TryReap(FileDescriptor pidFd) =>
        Wait(SignalLayout.P_PIDFD, pidFd.Number, SignalLayout.WEXITED, out ExitStatus status) is { } errno
            ? throw new SyscallException("waitid", errno)
            : status.Code < 0 ? null : status;

    /// <summary>
    /// Reaps one ended child of any kind, except the one with the pid given, whose status somebody else will fetch.
    /// False: there is none now.
    /// </summary>
    public static bool TryReapAny(int except)
    {
        if (Peek() is not { } pid || pid == except)
            return false;
        return Wait(SignalLayout.P_PID, pid, SignalLayout.WEXITED, out _) is null;
    }

    /// <summary>The pid of a child that has ended and is not reaped yet.</summary>
    private static unsafe int? Peek()
    {
        byte* info = stackalloc byte[SignalLayout.SigInfoSize];
        new Span<byte>(info, SignalLayout.SigInfoSize).Clear();
        const int Options = SignalLayout.WEXITED | SignalLayout.WNOHANG | SignalLayout.WNOWAIT;
        if (Libc.waitid(SignalLayout.P_ALL, 0, info, Options) < 0)
            return null;
        int pid = ReadInt(info, SignalLayout.SigInfoPid);
        return pid == 0 ? null : pid;
    }

    /// <summary>Null or an errno; a status of code -1 when the child still runs.</summary>
    private static unsafe Errno? Wait(int idType, int id, int options, out ExitStatus status)
    {
        byte* info = stackalloc byte[SignalLayout.SigInfoSize];
        new Span<byte>(info, SignalLayout.SigInfoSize).Clear();
        status = new ExitStatus(-1, null);
        while (Libc.waitid(idType, id, info, options | SignalLayout.WNOHANG) < 0)
        {
            if (FailedCall.LastErrno is var errno and not Errno.EINTR)
                return errno;
        }

        if (ReadInt(info, SignalLayout.SigInfoPid) == 0)
            return null;
        int value = ReadInt(info, SignalLayout.SigInfoStatus);
        status = ReadInt(info, SignalLayout.SigInfoCode) == SignalLayout.CLD_EXITED
            ? new ExitStatus(value, null)
            : new ExitStatus(0, value);
        return null;
    }

    private static unsafe int ReadInt(byte* at, int offset) =>
        BinaryPrimitives.ReadInt32LittleEndian(new ReadOnlySpan<byte>(at + offset, sizeof(int)));
}
