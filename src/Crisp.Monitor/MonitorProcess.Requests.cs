using Crisp.Linux;
using Crisp.MonitorProtocol;

namespace Crisp.Monitor;

/// <summary>What daemons say, and what they are told.</summary>
internal sealed partial class MonitorProcess
{
    private readonly MemoryTrim _memory = new();
    private bool _abandoned;
    private bool _acknowledged;

    /// <summary>Tells a daemon that connects late what has happened so far.</summary>
    private void Greet(ulong connection)
    {
        if (_container is { } container)
            _daemons.Send(connection, new ContainerCreated(container.Pid, container.StartTime));
        if (_record is { } record)
            _daemons.Send(connection, new ContainerExited(record));
    }

    private void Handle(ulong connection, MonitorMessage message)
    {
        switch (message)
        {
            case LaunchContainer launch when _phase == MonitorPhase.WaitingForLaunch:
                BeginCreate(launch.Launch);
                break;
            case SignalContainer request:
                Answer(connection, request.Id, Signal(request.Signal));
                break;
            case ReopenLog request:
                ReopenLog(connection, request.Id);
                break;
            case Attach request:
                Attach(connection, request);
                break;
            case CloseAttachInput request:
                CloseInputOf(_attachments.Find(connection, request.Attach));
                break;
            case Detach request:
                Detach(_attachments.Find(connection, request.Attach));
                break;
            case AbortCreate:
                Abort();
                break;
            case AcknowledgeExit:
                _acknowledged = _record is not null;
                break;
            case UnknownMessage { Id: not 0 } unknown:
                Answer(connection, unknown.Id, Errno.ENOSYS);
                break;
        }

        if (_phase == MonitorPhase.Running)
            _memory.AfterRequest();
    }

    private Errno Signal(int signal)
    {
        if (_phase != MonitorPhase.Running)
            return Errno.ESRCH;
        if (signal == Signals.Kill)
            _oom.SetBaseline(); // what dies now dies of this
        return PidFds.TrySignal(_container!.PidFd, signal); // set in this phase
    }

    /// <summary>Every write ends with a record's end, so the switch is always between two records.</summary>
    private void ReopenLog(ulong connection, uint id)
    {
        try
        {
            if (_phase is MonitorPhase.Creating or MonitorPhase.Running or MonitorPhase.Draining)
                _log?.Reopen();
            Answer(connection, id, Errno.None);
        }
        catch (SyscallException error)
        {
            Answer(connection, id, error.Errno, error.Path ?? "");
        }
    }

    /// <summary>Whoever asked for the container does not want it any more.</summary>
    private void Abort()
    {
        _abandoned = true;
        if (_phase == MonitorPhase.Creating)
            _create!.Abort(); // set in this phase
        else if (_phase == MonitorPhase.Running)
            Signal(Signals.Kill);
    }

    private void Answer(ulong connection, uint id, Errno errno, string text = "") =>
        _daemons.Send(connection, new RequestResult(id, (int)errno, text));
}
