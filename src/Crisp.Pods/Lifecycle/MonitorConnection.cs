using Crisp.MonitorProtocol;
using Crisp.Pods.Records;

namespace Crisp.Pods.Lifecycle;

/// <summary>A monitor of this boot, over its socket.</summary>
internal sealed class MonitorConnection(MonitorClient client, string bootId) : IMonitor
{
    public ProcessIdentity Process { get; } =
        new() { Pid = client.ContainerPid, StartTime = client.StartTime, BootId = bootId };

    public Task<ExitRecord> Exit => client.Exit;

    public Task<MonitorAttachment> AttachAsync(AttachStreams wanted, CancellationToken cancellation) =>
        client.AttachAsync(wanted.Stdin, wanted.Stdout, wanted.Stderr, cancellation);

    public Task ReopenLogAsync(CancellationToken cancellation) => client.ReopenLogAsync(cancellation);

    public Task AcknowledgeExitAsync() => client.AcknowledgeExitAsync();

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
