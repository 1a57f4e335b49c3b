using Crisp.Linux;

namespace Crisp.MonitorProtocol;

/// <summary>
/// The signals that a monitor is started with blocked: SIGCHLD, which it reads from a signalfd, and those that
/// somebody might end it with. Only its container's end ends a monitor; SIGKILL aside.
/// </summary>
internal static class MonitorSignals
{
    internal static readonly int[] Blocked =
        [Signals.Child, Signals.Terminate, Signals.Interrupt, Signals.Hangup, Signals.Pipe];
}
