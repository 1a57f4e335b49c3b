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

    public Task<MonitorAttachment> AttachAsync(AttachStreams wanted, CancellationToken cancellation) =>
        Task.FromException<MonitorAttachment>(new MonitorLostException("gone"));

    public Task ReopenLogAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task AcknowledgeExitAsync()
    {
        Acknowledged = true;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
