using Crisp.Linux;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// Signals go by pidfd from here, not through the monitor: a stop works just as well when the monitor is lost.
/// </summary>
internal sealed class ContainerProcesses(NodeState node, EventLoop loop) : IContainerProcesses
{
    public void Signal(Container container, int signal)
    {
        using var process = Open(container);
        if (process is not null)
            PidFds.Signal(process, signal);
    }

    public async Task KillAllAsync(Container container, CancellationToken cancellation)
    {
        Signal(container, Signals.Kill);
        await Cgroups.KillAsync(container.Record.CgroupPath, loop, cancellation).ConfigureAwait(false);
    }

    public async Task EndedAsync(Container container, CancellationToken cancellation)
    {
        using var process = Open(container);
        if (process is not null)
            await loop.WaitReadableAsync(process, cancellation).ConfigureAwait(false);
    }

    private FileDescriptor? Open(Container container) =>
        container.Record.Process is { } process ? process.Open(node.BootId) : null;
}
