using Crisp.Ctl.Tests.Fakes;

namespace Crisp.Ctl.Tests.Verbs;

[CancelAfter(120_000)]
public sealed class PodMetricsTests
{
    private FakeNode _node = null!; // set before each test

    [SetUp]
    public async Task SetUp() => _node = await FakeNode.StartAsync();

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [Test]
    public async Task PodMetrics_Json_IsTheAnswer() =>
        Assert.That((await _node.RunAsync("metricsp")).Output, Does.Contain("\"podSandboxId\": \"p\""));

    [Test]
    public async Task PodMetrics_Table_IsRefused() =>
        Assert.That((await _node.RunAsync("metricsp", "-o", "table")).Error, Does.Contain("--output is json or yaml"));

    [Test]
    public async Task MetricDescriptors_Table_ListsNames() =>
        Assert.That(
            (await _node.RunAsync("metricdescs", "-o", "table")).Lines[1],
            Does.Match("^container_cpu_seconds +id,name +CPU time$"));
}
