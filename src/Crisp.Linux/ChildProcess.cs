using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// A child of this process, held by pidfd: it can be signalled and waited for without ever meeting a reused pid.
/// Its owner reaps it; System.Diagnostics.Process, which reaps children by SIGCHLD, is never used beside it.
/// </summary>
public sealed class ChildProcess : IDisposable
{
    private ExitStatus? _status;

    private ChildProcess(int id, FileDescriptor pidFd)
    {
        Id = id;
        PidFd = pidFd;
    }

    public int Id { get; }

    /// <summary>Readable once the process has ended.</summary>
    public FileDescriptor PidFd { get; }

    /// <summary>Starts the program; an exec that fails is a <see cref="SyscallException"/> here.</summary>
    public static ChildProcess Start(SpawnRequest request)
    {
        ChildSignal.EnsureNotIgnored();
        using var plan = new SpawnPlan(request);
        int pid = plan.Spawn(request);
        if (request.OomScoreAdj is { } score)
            ProcessOomScore.TrySet(pid, score);

        // The pid cannot be reused in between: as its parent we have not reaped it.
        nint fd = Libc.syscall(SyscallNumbers.PidfdOpen, pid, 0, 0, 0, 0);
        GC.KeepAlive(request);
        return new ChildProcess(pid, new FileDescriptor(FailedCall.ThrowIfNegative(fd, "pidfd_open")));
    }

    /// <summary>Sends a signal; a process that is gone already is no error.</summary>
    public void Signal(int signal)
    {
        if (_status is null)
            PidFds.Signal(PidFd, signal);
    }

    /// <summary>How it ended, or null while it runs. The first call after its end reaps it.</summary>
    public ExitStatus? TryReap() => _status ??= ChildReaper.TryReap(PidFd);

    /// <summary>Closes the pidfd, and reaps the process if it has ended. A running one runs on.</summary>
    public void Dispose()
    {
        if (!PidFd.IsClosed)
            TryReap();
        PidFd.Dispose();
    }
}
