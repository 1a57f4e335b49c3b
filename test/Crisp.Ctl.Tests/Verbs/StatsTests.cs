using Crisp.Ctl.Tests.Fakes;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Verbs;

[CancelAfter(120_000)]
public sealed class StatsTests
{
    private FakeNode _node = null!; // set before each test

    [SetUp]
    public async Task SetUp()
    {
        _node = await FakeNode.StartAsync();
        _node.Runtime.Stats.Enqueue(new ListContainerStatsResponse
        {
            Stats =
            {
                Samples.Stats("2222222222222222", 1_000, 500, 0),
                Samples.Stats("1111111111111111", 1_000, 100, 2_500_000)
            },
        });
        _node.Runtime.Stats.Enqueue(new ListContainerStatsResponse
        {
            Stats =
            {
                Samples.Stats("2222222222222222", 2_000, 400, 10),
                Samples.Stats("1111111111111111", 3_000, 1_100, 2_500_000),
                Samples.Stats("3333333333333333", 3_000, 5, 5),
            },
        });
    }

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [Test]
    public async Task Stats_Table_MeasuresTheCpuBetweenTwoReadings() =>
        Assert.That((await _node.RunAsync("stats", "-s", "0")).Output, Is.EqualTo(
            "CONTAINER           NAME                CPU %               MEM                 DISK                INODES              SWAP\n"
            + "1111111111111       app                 50.00               2.5MB               20.48kB             9                   0B\n"
            + "2222222222222       app                 0.00                10B                 20.48kB             9                   0B\n"));

    [Test]
    public async Task Stats_Filters_AreSent()
    {
        await _node.RunAsync("stats", "-o", "json", "-p", "pod", "--label", "a=b", "c");
        var filter = ((ListContainerStatsRequest)_node.Runtime.Requests.Single()).Filter;
        Assert.That((filter.Id, filter.PodSandboxId, filter.LabelSelector["a"]), Is.EqualTo(("c", "pod", "b")));
    }
}
