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
        OwnedChildren.Add(id);
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
        using var expectation = OwnedChildren.Expect();
        var pid = plan.Spawn(request);
        if (request.OomScoreAdj is { } score)
            ProcessOomScore.TrySet(pid, score);
        GC.KeepAlive(request);
        return Own(pid);
    }

    /// <summary>
    /// Takes over a process that one of our programs left running and that is ours now, this process being a subreaper.
    /// From before that program's start until then such a child must be expected (<see cref="OwnedChildren.Expect"/>).
    /// </summary>
    /// <param name="pid">The process.</param>
    /// <param name="oomScoreAdj">What its parent was started with, set once more: a parent that was quicker than its
    /// own score has handed on that of this process. Null: the process keeps what it has.</param>
    public static ChildProcess Adopt(int pid, int? oomScoreAdj = null)
    {
        var process = Own(pid);
        if (oomScoreAdj is { } score)
            ProcessOomScore.TrySet(pid, score);
        return process;
    }

    /// <summary>Sends a signal; a process that is gone already is no error.</summary>
    public void Signal(int signal)
    {
        if (_status is null)
            PidFds.Signal(PidFd, signal);
    }

    /// <summary>How it ended, or null while it runs. The first call after its end reaps it.</summary>
    public ExitStatus? TryReap()
    {
        if (_status is null && ChildReaper.TryReap(PidFd) is { } status)
        {
            _status = status;
            OwnedChildren.Remove(Id);
        }

        return _status;
    }

    /// <summary>
    /// Closes the pidfd, and reaps the process if it has ended. A running one runs on, as an orphan of ours.
    /// </summary>
    public void Dispose()
    {
        if (PidFd.IsClosed)
            return;
        TryReap();
        OwnedChildren.Remove(Id);
        PidFd.Dispose();
    }

    /// <summary>The pid cannot be reused meanwhile: as its parent we have not reaped it.</summary>
    private static ChildProcess Own(int pid)
    {
        var fd = Libc.syscall(SyscallNumbers.PidfdOpen, pid, 0, 0, 0, 0);
        return new ChildProcess(pid, new FileDescriptor(FailedCall.ThrowIfNegative(fd, "pidfd_open")));
    }
}
