using Crisp.Linux;

namespace Crisp.Monitor.Container;

/// <summary>
/// The container's first process: a child of this one, as subreaper, since the runtime's create has ended.
/// </summary>
internal sealed class ContainerInit : IDisposable
{
    private ContainerInit(int pid, ulong startTime, FileDescriptor pidFd)
    {
        Pid = pid;
        StartTime = startTime;
        PidFd = pidFd;
    }

    internal int Pid { get; }

    internal ulong StartTime { get; }

    /// <summary>Readable once it has ended.</summary>
    internal FileDescriptor PidFd { get; }

    /// <summary>How it ended; set by whoever reaped it.</summary>
    internal ExitStatus? Status { get; set; }

    /// <summary>Null when there is no such process. One that has ended already is there until it is reaped.</summary>
    internal static ContainerInit? Find(int pid)
    {
        var pidFd = ProcessInfo.OpenPidFd(pid);
        if (pidFd is null)
            return null;
        if (ProcessInfo.StartTime(pid) is { } startTime)
            return new ContainerInit(pid, startTime, pidFd);
        pidFd.Dispose();
        return null;
    }

    public void Dispose() => PidFd.Dispose();
}
