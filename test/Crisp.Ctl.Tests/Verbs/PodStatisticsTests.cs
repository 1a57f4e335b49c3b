using Crisp.Ctl.Tests.Fakes;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Verbs;

[CancelAfter(120_000)]
public sealed class PodStatisticsTests
{
    private FakeNode _node = null!; // set before each test

    [SetUp]
    public async Task SetUp() => _node = await FakeNode.StartAsync();

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [Test]
    public async Task PodStatistics_Table_ShowsUseOverTheTime()
    {
        _node.Runtime.PodStats.Enqueue(
            new ListPodSandboxStatsResponse { Stats = { Samples.PodStats("0123456789abcdef", 1_000, 100, 0) } });
        _node.Runtime.PodStats.Enqueue(new ListPodSandboxStatsResponse
        {
            Stats = { Samples.PodStats("0123456789abcdef", 2_000, 350, 2_000_000) }
        });
        var lines = (await _node.RunAsync("statsp", "-s", "0", "--label", "a=b")).Lines;
        Assert.That(lines[0], Does.Match("^POD +POD ID +CPU % +MEM$"));
        Assert.That(lines[1], Does.Match("^web-1 +0123456789abc +25.00 +2MB$"));
        Assert.That(_node.Runtime.Requests[0], Is.EqualTo(new ListPodSandboxStatsRequest
        {
            Filter = new PodSandboxStatsFilter { LabelSelector = { ["a"] = "b" } },
        }));
    }

    [Test]
    public async Task PodStatistics_Json_IsTheAnswer()
    {
        _node.Runtime.PodStats.Enqueue(
            new ListPodSandboxStatsResponse { Stats = { Samples.PodStats("p", 1, 100, 7) } });
        Assert.That((await _node.RunAsync("statsp", "-o", "json", "p")).Output, Does.Contain("\"workingSetBytes\""));
    }
}
