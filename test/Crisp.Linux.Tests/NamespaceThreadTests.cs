namespace Crisp.Linux.Tests;

[CancelAfter(120_000)]
public sealed class NamespaceThreadTests
{
    [SetUp]
    public void SetUp()
    {
        if (Environment.UserName != "root")
            Assert.Fail("needs root");
    }

    [Test]
    public async Task NetworkNamespace_PinnedAndEntered_HasItsOwnLoopbackUp()
    {
        var pin = Path.Combine(Path.GetTempPath(), $"crisp-netns-{Guid.NewGuid():N}");
        await NamespaceThread.RunAsync(NamespaceKinds.Network | NamespaceKinds.Uts, () =>
        {
            NetworkInterfaces.BringUp("lo");
            NetworkInterfaces.BringUp("lo");
            HostNames.Set("inside");
            NamespaceThread.Pin(NamespaceKinds.Network, pin);
        });
        try
        {
            var interfaces = await NamespaceThread.InNetworkNamespaceAsync(
                pin, () => File.ReadAllText("/proc/thread-self/net/dev"));
            Assert.That(interfaces, Does.Contain("lo:").And.Not.Contain("eth0"));
            Assert.That(Environment.MachineName, Is.Not.EqualTo("inside"));
        }
        finally
        {
            Assert.That(Mounts.Unmount(pin));
            File.Delete(pin);
        }
    }

    [Test]
    public void InNetworkNamespace_NoSuchFile_Throws() => Assert.ThrowsAsync<SyscallException>(
        () => NamespaceThread.InNetworkNamespaceAsync("/nowhere", () => 1));
}
