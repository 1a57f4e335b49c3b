using Crisp.Pods.Lifecycle;

namespace Crisp.Pods.Tests.Fakes;

/// <summary>Remembers what was released.</summary>
internal sealed class FakeRelease : IContainerRelease
{
    internal List<string> Released { get; } = [];

    public Task ReleaseAsync(Container container)
    {
        Released.Add(container.Id);
        return Task.CompletedTask;
    }
}
