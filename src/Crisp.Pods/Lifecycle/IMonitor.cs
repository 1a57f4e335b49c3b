using Crisp.MonitorProtocol;
using Crisp.Pods.Records;

namespace Crisp.Pods.Lifecycle;

/// <summary>The connection to the monitor of one container.</summary>
internal interface IMonitor : IAsyncDisposable
{
    /// <summary>The container's first process.</summary>
    ProcessIdentity Process { get; }

    /// <summary>Faults with <see cref="MonitorLostException"/> when the monitor went without a word.</summary>
    Task<ExitRecord> Exit { get; }

    Task<MonitorAttachment> AttachAsync(AttachStreams wanted, CancellationToken cancellation);

    Task ReopenLogAsync(CancellationToken cancellation);

    /// <summary>Tells the monitor that the exit is on record here; it ends then.</summary>
    Task AcknowledgeExitAsync();
}
