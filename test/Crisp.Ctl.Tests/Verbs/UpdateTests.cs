using Crisp.Ctl.Tests.Fakes;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Verbs;

[CancelAfter(120_000)]
public sealed class UpdateTests
{
    private FakeNode _node = null!; // set before each test

    [SetUp]
    public async Task SetUp() => _node = await FakeNode.StartAsync();

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [Test]
    public async Task Update_Options_ReachEachContainer()
    {
        var run = await _node.RunAsync(
            "update", "--cpu-quota", "50000", "--cpu-share=512", "--cpuset-cpus", "0-1", "--memory", "1048576", "a",
            "b");
        Assert.That(run, Is.EqualTo(new CtlRun(0, "a\nb\n", "")));
        Assert.That(_node.Runtime.Requests[1], Is.EqualTo(new UpdateContainerResourcesRequest
        {
            ContainerId = "b",
            Linux = new LinuxContainerResources
            {
                CpuQuota = 50000,
                CpuShares = 512,
                CpusetCpus = "0-1",
                MemoryLimitInBytes = 1048576
            },
        }));
    }

    [Test]
    public async Task Update_WithoutContainer_IsRefused() =>
        Assert.That((await _node.RunAsync("update", "--memory", "1")).Error, Does.Contain("a container ID is missing"));
}
