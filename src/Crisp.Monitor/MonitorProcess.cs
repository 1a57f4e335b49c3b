using Crisp.Linux;
using Crisp.Monitor.Attachers;
using Crisp.Monitor.Container;
using Crisp.Monitor.Log;
using Crisp.MonitorProtocol;

namespace Crisp.Monitor;

/// <summary>
/// One container's monitor: a single epoll loop over the daemon's connections, the container's pipes and its process.
/// This part holds the loop; the other parts hold what happens in it.
/// </summary>
internal sealed partial class MonitorProcess : IDisposable
{
    private const int DaemonDescriptor = 3;
    private const int MillisPerSecond = 1000;

    private readonly Epoll _epoll = new();
    private readonly FileDescriptor _signals = SignalDescriptor.Open([Signals.Child]);
    private readonly DaemonConnections _daemons;
    private readonly Attachments _attachments;
    private readonly NativeBuffer _message = new(MonitorCodec.MaxMessageBytes);
    private MonitorPhase _phase = MonitorPhase.WaitingForLaunch;
    private MonitorLaunch? _launch;
    private RuntimeCreate? _create;
    private ContainerInit? _container;
    private ContainerLog? _log;
    private OutputStream? _stdout;
    private OutputStream? _stderr;

    private MonitorProcess()
    {
        _daemons = new DaemonConnections(_epoll, Forget);
        _attachments = new Attachments(_epoll, CutOff);
        _epoll.Add(_signals, EpollEvents.Readable, Token.Signals);
    }

    internal static int Run(string[] arguments)
    {
        if (!SignalMask.Blocks(MonitorSignals.Blocked))
            throw SignalMask.ExecuteAgainBlocking(MonitorSignals.Blocked, arguments);
        using var monitor = new MonitorProcess();
        monitor._daemons.Add(new SeqPacketSocket(FileDescriptor.FromInherited(DaemonDescriptor)));
        monitor.Loop();
        return 0;
    }

    public void Dispose()
    {
        _daemons.Dispose();
        _create?.Dispose();
        _container?.Dispose();
        _stdout?.Dispose();
        _stderr?.Dispose();
        _input?.Dispose();
        _oom.Dispose();
        _console?.Dispose();
        _attachments.Dispose();
        _log?.Dispose();
        _signals.Dispose();
        _epoll.Dispose();
    }

    private void Loop()
    {
        Span<EpollReady> ready = stackalloc EpollReady[16];
        Advance(); // a daemon that is gone already will never be heard of
        while (_phase != MonitorPhase.Ended)
        {
            var count = _epoll.Wait(ready, TimeoutMillis());
            for (var i = 0; i < count; i++)
                Handle(ready[i].Token);
            if (count == 0)
                _log?.ReleaseBuffers();
            Advance();
        }
    }

    private void Handle(ulong token)
    {
        switch (token)
        {
            case Token.Signals:
                HandleSignals();
                break;
            case Token.Runtime:
                FinishCreate();
                break;
            case Token.Container:
                BeginDraining();
                break;
            case Token.Stdout:
                Move(_stdout!); // registered as long as it is there
                break;
            case Token.Stderr:
                Move(_stderr!); // registered as long as it is there
                break;
            case Token.Listener:
                if (_daemons.Accept() is { } accepted)
                    Greet(accepted);
                break;
            case var attached when Attachments.Owns(attached):
                FlushAttachment(attached);
                break;
            default:
                if (_daemons.Receive(token, _message.Span) is { } message)
                    Handle(token, message);
                break;
        }
    }

    /// <summary>What no descriptor announces: time that has passed, and a daemon that is gone.</summary>
    private void Advance()
    {
        if (_phase == MonitorPhase.WaitingForLaunch && !_daemons.Any)
            _phase = MonitorPhase.Ended;
        if (_phase == MonitorPhase.Draining && IsDrained())
            RecordExit();
        if (_phase == MonitorPhase.Exited && MayEnd())
            _phase = MonitorPhase.Ended;
    }

    /// <summary>-1, for ever, unless the drain has an end or buffers wait to be given back.</summary>
    private int TimeoutMillis() => _phase switch
    {
        MonitorPhase.Draining => DrainTimeoutMillis(),
        MonitorPhase.Exited when _attachments.AnyBacklog => BacklogTimeoutMillis(),
        _ => _log is { IsUsed: true } ? MillisPerSecond : -1,
    };

    /// <summary>Reaps orphans. While create runs, children are left for whoever waits for them by pidfd.</summary>
    private void HandleSignals()
    {
        while (SignalDescriptor.TryRead(_signals) != 0)
        {
        }

        if (_phase > MonitorPhase.Creating)
            Reap();
    }

    private void Reap()
    {
        while (ChildReaper.TryReapAny(out var pid, out var status))
        {
            if (_container is { Status: null } container && container.Pid == pid)
                container.Status = status;
        }
    }

    private void Move(OutputStream stream)
    {
        if (!stream.IsOpen)
            return; // an event that was under way when it was closed
        if (_phase == MonitorPhase.Creating && !_launch!.StartsProgram) // set in this phase
        {
            _create!.TakeOutput(stream.Pipe, stream == _stderr); // set in this phase
            return;
        }

        if (_phase == MonitorPhase.Draining)
            ExtendDrain();
        var movement = _log!.Move(stream); // made with the streams
        if (stream.IsTerminal && movement == Movement.Some)
            _epoll.Modify(stream.Pipe, TerminalEvents, Token.Stdout); // asks again: there may be more
        else if (movement == Movement.End && !(stream.IsTerminal && _phase == MonitorPhase.Running))
            Close(stream);
    }

    /// <summary>What the loop's descriptors are called; higher numbers are connections.</summary>
    private static class Token
    {
        internal const ulong Signals = 1;
        internal const ulong Listener = 2;
        internal const ulong Runtime = 3;
        internal const ulong Container = 4;
        internal const ulong Stdout = 5;
        internal const ulong Stderr = 6;
    }
}
