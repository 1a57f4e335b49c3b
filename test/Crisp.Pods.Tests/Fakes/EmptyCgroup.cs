using Crisp.Pods.Lifecycle;

namespace Crisp.Pods.Tests.Fakes;

/// <summary>A container whose processes are gone.</summary>
internal sealed class EmptyCgroup : IContainerProcesses
{
    public void Signal(Container container, int signal)
    {
    }

    public Task KillAllAsync(Container container, CancellationToken cancellation) => Task.CompletedTask;

    public Task EndedAsync(Container container, CancellationToken cancellation) => Task.CompletedTask;
}
