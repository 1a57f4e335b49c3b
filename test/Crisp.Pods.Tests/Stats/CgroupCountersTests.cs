using Crisp.Pods.Stats;

namespace Crisp.Pods.Tests.Stats;

public sealed class CgroupCountersTests
{
    private static readonly Dictionary<string, string> V1 = new()
    {
        ["cpuacct.usage"] = "123456789\n",
        ["memory.usage_in_bytes"] = "10000\n",
        ["memory.limit_in_bytes"] = "20000\n",
        ["memory.stat"] = "cache 1\nrss 7\ninactive_file 9\ntotal_inactive_file 4000\ntotal_rss 3000\ntotal_pgfault 11\ntotal_pgmajfault 2\n",
        ["memory.memsw.usage_in_bytes"] = "10500\n",
        ["memory.memsw.limit_in_bytes"] = "21000\n",
    };

    private static readonly Dictionary<string, string> V2 = new()
    {
        ["cpu.stat"] = "usage_usec 5000\nuser_usec 4000\nsystem_usec 1000\n",
        ["memory.current"] = "10000\n",
        ["memory.max"] = "20000\n",
        ["memory.stat"] = "anon 3000\nfile 6000\ninactive_file 4000\npgfault 11\npgmajfault 2\n",
        ["memory.swap.current"] = "500\n",
        ["memory.swap.max"] = "1000\n",
    };

    private static readonly MemoryStats Memory = new()
    {
        UsageBytes = 10000,
        WorkingSetBytes = 6000,
        AvailableBytes = 14000,
        RssBytes = 3000,
        PageFaults = 11,
        MajorPageFaults = 2,
    };

    private static readonly SwapStats Swap = new() { UsageBytes = 500, AvailableBytes = 500 };

    [Test]
    public void V1_Reads() => Assert.That(
        CgroupV1Counters.Read(Of(V1)), Is.EqualTo(new CgroupCounters(123456789, Memory, Swap)));

    [Test]
    public void V2_Reads() => Assert.That(
        CgroupV2Counters.Read(Of(V2)), Is.EqualTo(new CgroupCounters(5_000_000, Memory, Swap)));

    [Test]
    public void V1_NoLimit_NothingIsAvailable()
    {
        var files = new Dictionary<string, string>(V1) { ["memory.limit_in_bytes"] = "9223372036854771712\n" };
        Assert.That(CgroupV1Counters.Read(Of(files)).Memory, Is.EqualTo(Memory with { AvailableBytes = null }));
    }

    [Test]
    public void V2_NoLimit_NothingIsAvailable()
    {
        var files = new Dictionary<string, string>(V2) { ["memory.max"] = "max\n" };
        Assert.That(CgroupV2Counters.Read(Of(files)).Memory, Is.EqualTo(Memory with { AvailableBytes = null }));
    }

    [Test]
    public void MoreInactiveThanUsed_WorkingSetIsZero()
    {
        var files = new Dictionary<string, string>(V2) { ["memory.current"] = "100\n" };
        Assert.That(CgroupV2Counters.Read(Of(files)).Memory?.WorkingSetBytes, Is.Zero);
    }

    [Test]
    public void GroupIsGone_EveryPartIsNull()
    {
        var none = new CgroupCounters(null, null, null);
        Assert.That(CgroupV1Counters.Read(Of([])), Is.EqualTo(none));
        Assert.That(CgroupV2Counters.Read(Of([])), Is.EqualTo(none));
    }

    private static CgroupFileReader Of(Dictionary<string, string> files) => (_, file) => files.GetValueOrDefault(file);
}
