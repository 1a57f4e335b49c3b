using Crisp.Linux;
using Crisp.Monitor.Container;
using Crisp.Monitor.Log;
using Crisp.MonitorProtocol;

namespace Crisp.Monitor;

/// <summary>
/// From the container's end to the monitor's own:
/// Step 1. take the exit status and the time, and ask why it died
/// Step 2. write what is left in the pipes to the log; something that outlives the container may hold them open, so
///         this ends after a short silence, and in any case after a while
/// Step 3. write the exit record, under /run first, then under /var
/// Step 4. tell the daemon, and end when it has acknowledged. When no daemon is connected, end at once if the record
///         is in every place it belongs: the next daemon finds it there. Else (a full disk) stay, and tell that one.
/// </summary>
internal sealed partial class MonitorProcess
{
    private const long NanosPerMilli = 1_000_000;
    private const long SilenceNanos = 200 * NanosPerMilli;
    private const long LongestDrainNanos = 2000 * NanosPerMilli;
    private const int UnknownExitCode = 255;
    private const int KilledCode = 128 + Signals.Kill;

    private long _silenceEnds;
    private long _drainEnds;
    private ExitRecord? _record;
    private ExitRecord? _exit;
    private bool _recordedEverywhere;

    private void BeginDraining()
    {
        var container = _container!; // registered while it is there
        Reap();
        _epoll.Remove(container.PidFd);
        _exit = RecordOf(container);
        _phase = MonitorPhase.Draining;
        _drainEnds = KernelClock.MonotonicNanos() + LongestDrainNanos;
        ExtendDrain();
        if (_stdout is { IsTerminal: true, IsOpen: true } terminal)
            _epoll.Modify(terminal.Pipe, TerminalEvents, Token.Stdout); // tells of its end once more
    }

    private ExitRecord RecordOf(ContainerInit container)
    {
        var now = KernelClock.RealtimeNanos();
        var record = container.Status is { } status
            ? new ExitRecord(status.ToShellCode(), status.Signal, IsOomKill(status), now, null)
            : new ExitRecord(
                UnknownExitCode, null, false, now, "the exit status went to another process than the monitor");
        return record with { Pid = container.Pid, StartTime = container.StartTime, BootId = ProcessInfo.BootId() };
    }

    /// <summary>By the code, not the signal: a shell passes on the end of the child that was killed, as 137.</summary>
    private bool IsOomKill(ExitStatus status) => status.ToShellCode() == KilledCode && _oom.HasGrown();

    private void ExtendDrain() => _silenceEnds = KernelClock.MonotonicNanos() + SilenceNanos;

    private bool IsDrained() => !(_stdout!.IsOpen || _stderr!.IsOpen) || DrainNanosLeft() <= 0; // made at launch

    private long DrainNanosLeft() => Math.Min(_silenceEnds, _drainEnds) - KernelClock.MonotonicNanos();

    private int DrainTimeoutMillis() => (int)(Math.Max(DrainNanosLeft(), 0) / NanosPerMilli) + 1;

    private void RecordExit()
    {
        MoveRest(_stdout!); // made at launch
        MoveRest(_stderr!); // made at launch
        _record = _exit! with { Message = _exit.Message ?? _log!.Losses }; // both made before this phase
        _log!.Dispose(); // made at launch
        _recordedEverywhere = ExitRecordFiles.Write(_record, _launch!.ExitRecordPaths); // set at launch
        _phase = MonitorPhase.Exited;
        EndAttachments();
        _daemons.Broadcast(new ContainerExited(_record));
    }

    /// <summary>
    /// What the pipe holds when the time is up is the container's, too; it holds no more than this many reads.
    /// </summary>
    private void MoveRest(OutputStream stream)
    {
        for (var i = 0; stream.IsOpen && i <= OutputPipeBytes / ContainerLog.ReadBytes; i++)
        {
            if (_log!.Move(stream) != Movement.Some) // made with the streams
                break;
        }

        Close(stream);
    }

    private void Close(OutputStream stream)
    {
        if (!stream.IsOpen)
            return;
        _epoll.Remove(stream.Pipe);
        _log!.Finish(stream); // made with the streams
        stream.Dispose();
    }

    private bool MayEnd() =>
        (_acknowledged || _abandoned || (!_daemons.Any && _recordedEverywhere)) && !WaitsForReaders();
}
