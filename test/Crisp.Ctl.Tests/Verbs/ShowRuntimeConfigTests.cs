using Crisp.Ctl.Tests.Fakes;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Verbs;

[CancelAfter(120_000)]
public sealed class ShowRuntimeConfigTests
{
    private FakeNode _node = null!; // set before each test

    [SetUp]
    public async Task SetUp() => _node = await FakeNode.StartAsync();

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [TestCase("json", "\"cgroupDriver\": \"CGROUPFS\"")]
    [TestCase("table", "cgroupfs")]
    public async Task ShowRuntimeConfig_TellsTheCgroupDriver(string format, string text) =>
        Assert.That((await _node.RunAsync("runtime-config", "-o", format)).Output, Does.Contain(text));

    [Test]
    public async Task UpdateRuntimeConfig_TellsTheAddresses()
    {
        Assert.That((await _node.RunAsync("update-runtime-config", "--pod-cidr", "10.85.0.0/16")).ExitCode, Is.Zero);
        Assert.That(_node.Runtime.Requests.Single(), Is.EqualTo(new UpdateRuntimeConfigRequest
        {
            RuntimeConfig = new RuntimeConfig { NetworkConfig = new NetworkConfig { PodCidr = "10.85.0.0/16" } },
        }));
    }
}
