using System.Runtime.InteropServices;
using Crisp.Linux;

namespace Crisp.Daemon.Hosting;

/// <summary>
/// Reaps what programs leave to the daemon, which is a subreaper, whenever one of them ends: a failed create of an OCI
/// runtime may leave a process in a pod's PID namespace, whose init does not end before that is reaped.
/// </summary>
internal sealed class Orphans : IDisposable
{
    private readonly PosixSignalRegistration _signal =
        PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => OwnedChildren.ReapOrphans());

    public Orphans() => ProcessAttributes.BecomeSubreaper();

    public void Dispose() => _signal.Dispose();
}
