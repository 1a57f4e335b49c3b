using Crisp.Linux;
using Crisp.Monitor.Container;
using Crisp.Monitor.Log;
using Crisp.MonitorProtocol;

namespace Crisp.Monitor;

/// <summary>
/// From the launch message to a created container:
/// Step 1. become the reaper of what the runtime leaves behind, and enter the cgroups
/// Step 2. open the log
/// Step 3. listen for later daemons
/// Step 4. make the pipes, or the socket for the terminal, and run the runtime's create
/// Step 5. when it has ended: take the terminal, find the container's process, and tell the daemon.
/// </summary>
internal sealed partial class MonitorProcess
{
    private const int UmaskOfTheMonitor = 0x12; // 022
    private const int PipeMode = 0x1b6; // 0666: a container's user that is not root may open /dev/stdout

    /// <summary>
    /// Room for a burst, so that a busy program is not stopped, and woken, once for each read of ours.
    /// </summary>
    private const int OutputPipeBytes = 256 * 1024;

    /// <summary>
    /// A terminal tells of a change once: that nobody holds its other end now would be told without end.
    /// </summary>
    private const EpollEvents TerminalEvents = EpollEvents.Readable | EpollEvents.EdgeTriggered;

    private OomCounter _oom = new(null);
    private ConsoleSocket? _console;

    private void BeginCreate(MonitorLaunch launch)
    {
        _launch = launch;
        _phase = MonitorPhase.Creating;
        try
        {
            ProcessAttributes.SetUmask(UmaskOfTheMonitor);
            ProcessAttributes.BecomeSubreaper();
            EnterCgroups(launch);
            OpenLog(launch);
            _daemons.Listen(launch.SocketPath, Token.Listener);
            RunRuntime(launch);
        }
        catch (SyscallException error)
        {
            FailCreate(error.Message);
        }
    }

    private static void EnterCgroups(MonitorLaunch launch)
    {
        const string Myself = "0";
        for (var i = 0; i < launch.MonitorCgroups.Count; i++)
            CgroupFiles.Write(launch.MonitorCgroups[i], "cgroup.procs", Myself);
    }

    private void OpenLog(MonitorLaunch launch) => _log = new ContainerLog(
        launch is { LogDirectory: { } directory, LogPath: { } path }
            ? new LogFile(directory, path, launch.MaxLogBytes)
            : null,
        _attachments);

    private void RunRuntime(MonitorLaunch launch)
    {
        (_stdout, FileDescriptor stdout) = OutputPipe(isStderr: false, Token.Stdout);
        (_stderr, FileDescriptor stderr) = OutputPipe(isStderr: true, Token.Stderr);
        using (stdout)
        using (stderr)
        using (var stdin = InputPipe(launch))
        {
            ListenForTerminal(launch);
            _create = new RuntimeCreate(launch, stdin, stdout, stderr);
        }

        _epoll.Add(_create.Ended, EpollEvents.Readable, Token.Runtime);
    }

    private (OutputStream Ours, FileDescriptor Theirs) OutputPipe(bool isStderr, ulong token)
    {
        (FileDescriptor read, FileDescriptor write) = Pipes.Create();
        write.SetMode(PipeMode);
        Pipes.TrySetCapacity(read, OutputPipeBytes);
        read.SetNonBlocking();
        _epoll.Add(read, EpollEvents.Readable, token);
        return (new OutputStream(read, isStderr), write);
    }

    /// <summary>The container's end; null where it has no input, or a terminal.</summary>
    private FileDescriptor? InputPipe(MonitorLaunch launch)
    {
        if (launch.Input == ContainerInput.None || launch.ConsoleSocketPath is not null)
            return null;
        (FileDescriptor read, _input) = Pipes.Create();
        read.SetMode(PipeMode);
        _input.SetNonBlocking();
        return read;
    }

    private void ListenForTerminal(MonitorLaunch launch)
    {
        if (launch.ConsoleSocketPath is not { } path)
            return;
        Files.Remove(path); // of a monitor that was killed
        _console = ConsoleSocket.Listen(path);
    }

    /// <summary>The terminal takes the place of both pipes, which carried only the runtime's words.</summary>
    private void TakeTerminal(ConsoleSocket console)
    {
        var terminal = console.TryReceive() ??
            throw new SyscallException("receiving the terminal from the OCI runtime",
                Errno.ENODATA, _launch!.ConsoleSocketPath); // set at launch
        console.Dispose();
        _console = null;
        Terminals.TranslateNewLines(terminal);
        Close(_stdout!); // made before the runtime ran
        Close(_stderr!); // made before the runtime ran
        _stdout = new OutputStream(terminal, isStderr: false, isTerminal: true);
        _epoll.Add(terminal, TerminalEvents, Token.Stdout);
    }

    private void FinishCreate()
    {
        var create = _create!; // registered while it is there
        if (!_launch!.StartsProgram) // set at launch
        {
            create.TakeOutput(_stdout!.Pipe, isStderr: false); // made before the runtime ran
            create.TakeOutput(_stderr!.Pipe, isStderr: true); // made before the runtime ran
        }

        if (create.Failure() is { } failure)
        {
            FailCreate(failure, isByRuntime: !create.IsAborted);
            return;
        }

        if (create.ContainerPid() is not { } pid || ContainerInit.Find(pid) is not { } container)
        {
            FailCreate(
                // set at launch
                $"{_launch!.RuntimeProgram} create succeeded, but left no process in {_launch.PidFile}");
            return;
        }

        _epoll.Remove(create.Ended);
        create.Dispose();
        _create = null;
        try
        {
            if (_console is { } console)
                TakeTerminal(console);
            Watch(container);
        }
        catch (SyscallException error)
        {
            FailCreate(error.Message);
        }
    }

    private void Watch(ContainerInit container)
    {
        _container = container;
        _phase = MonitorPhase.Running;
        _oom = new OomCounter(_launch!.MemoryCgroup); // set at launch
        LowerOomScore();
        _epoll.Add(container.PidFd, EpollEvents.Readable, Token.Container);
        _daemons.Broadcast(new ContainerCreated(container.Pid, container.StartTime));
        Reap();
    }

    /// <summary>Only now: a runtime started later than this would hand the value on to the container.</summary>
    private void LowerOomScore()
    {
        if (_launch!.OomScoreAdj is not { } score) // set at launch
            return;
        try
        {
            CgroupFiles.Write("/proc/self", "oom_score_adj", score.ToString());
        }
        catch (SyscallException)
        {
            // Without CAP_SYS_RESOURCE nobody lowers it; the monitor is small, and no early victim.
        }
    }

    private void FailCreate(string reason, bool isByRuntime = false)
    {
        _console?.Dispose();
        _daemons.StopListening(); // before the answer: nothing of a failed create is left when it comes
        _daemons.Broadcast(new CreateFailed(reason, isByRuntime));
        _phase = MonitorPhase.Ended;
    }
}
