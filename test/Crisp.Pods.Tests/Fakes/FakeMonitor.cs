using Crisp.MonitorProtocol;
using Crisp.Pods.Lifecycle;
using Crisp.Pods.Records;

namespace Crisp.Pods.Tests.Fakes;

/// <summary>A monitor that says what the test lets it say.</summary>
internal sealed class FakeMonitor : IMonitor
{
    private readonly TaskCompletionSource<ExitRecord> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ProcessIdentity Process { get; } = new() { Pid = 1, StartTime = 1, BootId = TemporaryNode.BootId };

    public Task<ExitRecord> Exit => _exit.Task;

    internal bool Acknowledged { get; private set; }

    internal void End(ExitRecord exit) => _exit.SetResult(exit);

    internal void Vanish() => Fail(new MonitorLostException("gone"));

    internal void Fail(Exception error) => _exit.SetException(error);

    /// <summary>Why it cannot be attached to: its descriptors would have to come from a real one.</summary>
    internal Exception AttachFailure { get; set; } = new MonitorLostException("gone");

    internal AttachStreams? Wanted { get; private set; }

    public Task<MonitorAttachment> AttachAsync(AttachStreams wanted, CancellationToken cancellation)
    {
        Wanted = wanted;
        return Task.FromException<MonitorAttachment>(AttachFailure);
    }

    public Task ReopenLogAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task AcknowledgeExitAsync()
    {
        Acknowledged = true;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
