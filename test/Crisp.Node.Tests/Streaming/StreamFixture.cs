namespace Crisp.Node.Tests.Streaming;

/// <summary>A node with one pod for each test, whose containers are streamed with.</summary>
public abstract class StreamFixture(string runtime) : NodeFixture(runtime)
{
    /// <summary>Set before each test, and before what a fixture itself prepares.</summary>
    protected StreamTarget Target { get; private set; } = null!;

    [SetUp]
    public async Task PrepareTargetAsync()
    {
        Pod pod = await RunPlainPodAsync();
        Target = new StreamTarget(Node.SocketPath, Cri, pod.Id, pod.Config, Busybox);
    }
}
