namespace Crisp.Node.Tests.Ctl;

/// <summary>crispctl speaks only CRI: it does the same job on Debian's containerd.</summary>
public class CrispctlOnContainerdTests
{
    private ContainerdNode _containerd = null!; // set before the tests

    [OneTimeSetUp]
    public async Task StartAsync() => _containerd = await ContainerdNode.StartAsync(NodeRun.Slot, NodeRun.Registry);

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _containerd.DisposeAsync();
        await Leftovers.ClearAsync(NodeRun.Slot);
    }

    [Test]
    public async Task TheMainJob_IsDone() =>
        await new CrispctlStory(
            _containerd.SocketPath, _containerd.Directory, $"/{NodeRun.Slot.Prefix}", NodeRun.Busybox).TellAsync();
}
