using Crisp.Linux;
using Crisp.Pods.Lifecycle;

namespace Crisp.Pods.Tests.Fakes;

/// <summary>Processes that end by the signals they are told to heed.</summary>
internal sealed class FakeProcesses : IContainerProcesses
{
    internal List<int> Sent { get; } = [];

    internal HashSet<int> Heeds { get; } = [];

    internal TaskCompletionSource Signalled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Signal(Container container, int signal)
    {
        Sent.Add(signal);
        EndIfHeeded(container, signal);
        Signalled.TrySetResult();
    }

    public Task KillAllAsync(Container container, CancellationToken cancellation)
    {
        Sent.Add(Signals.Kill);
        EndIfHeeded(container, Signals.Kill);
        return container.IsOver ? Task.CompletedTask : Task.Delay(Timeout.Infinite, cancellation);
    }

    public Task EndedAsync(Container container, CancellationToken cancellation) =>
        container.Exited.WaitAsync(cancellation);

    private void EndIfHeeded(Container container, int signal)
    {
        if (Heeds.Contains(signal))
            container.Accept(record => record.ToExited(new ContainerEnd(128 + signal, ExitReasons.Error, "", 1)));
    }
}
