namespace Crisp.Bundle.Tests;

public class ContainerResourcesTests
{
    [Test]
    public void ForUpdate_OnlyWhatIsSet()
    {
        (Oci.Resources resources, _, _, IReadOnlyList<string> notes) =
            ContainerResources.ForUpdate(new() { CpuShares = 512 }, Sample.Host, Sample.Runtime);
        Assert.Multiple(() =>
        {
            Assert.That(resources.Cpu, Is.EqualTo(new Oci.CpuResources { Shares = 512 }));
            Assert.That(resources.Memory, Is.Null);
            Assert.That(resources.Devices, Is.Null);
            Assert.That(resources.Pids, Is.Null);
            Assert.That(notes, Is.Empty);
        });
    }

    [TestCase(0, 100L)]
    [TestCase(300, 300L)]
    [TestCase(-1, -1L)]
    public void Memory_SwapIsTheLimitUnlessSaid(long swap, long expected) =>
        Assert.That(Convert(new() { MemoryLimitInBytes = 100, MemorySwapLimitInBytes = swap }).Memory!.Swap,
            Is.EqualTo(expected)); // limit is set

    [Test]
    public void Memory_HostThatCannotLimitSwap_LeavesItOut()
    {
        var asked = new Cri.LinuxContainerResources { MemoryLimitInBytes = 100, MemorySwapLimitInBytes = 200 };
        (Oci.Resources resources, _, _, IReadOnlyList<string> notes) = ContainerResources.ForUpdate(
            asked, Sample.PoorHost, Sample.Runtime);
        Assert.That(resources.Memory, Is.EqualTo(new Oci.MemoryResources { Limit = 100 }));
        Assert.That(notes, Has.One.Contains("swap"));
    }

    [Test]
    public void Controllers_ThatAreMissing_RefuseWhatSomebodyAskedFor()
    {
        var bare = Sample.Host with { Controllers = new HashSet<string>() };
        Refusal.Invalid(() => Convert(new() { MemoryLimitInBytes = 100 }, bare), "memory_limit_in_bytes");
        Refusal.Invalid(() => Convert(new() { CpuQuota = 1000 }, bare), "cpu_quota");
        Refusal.Invalid(() => Convert(new() { CpusetCpus = "0" }, bare), "cpuset_cpus");
        Refusal.Invalid(() => Convert(new()
        {
            HugepageLimits = { new Cri.HugepageLimit { PageSize = "2MB", Limit = 1 } }
        }, bare), "hugepage_limits");
        Assert.That(Convert(new() { CpuShares = 2 }, bare).Cpu, Is.Null);
        Assert.That(Convert(new() { CpuQuota = -1 }, bare).Cpu, Is.Null);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void CpuQuota_None_IsLeftOutWhereTheRuntimeCannotRemoveIt(bool cannot)
    {
        var update = ContainerResources.ForUpdate(
            new() { CpuQuota = -1, CpuPeriod = 100_000 },
            Sample.Host,
            Sample.Runtime with { CannotRemoveCpuQuota = cannot });
        Assert.That(update.Resources.Cpu!.Quota, Is.EqualTo(cannot ? null : -1L));
        Assert.That(update.NoCpuQuota, Is.EqualTo(cannot));
    }

    [Test]
    public void CpuQuota_NotAsked_IsNotRemoved() => Assert.That(
        ContainerResources.ForUpdate(
            new() { CpuShares = 2 }, Sample.Host, Sample.Runtime with { CannotRemoveCpuQuota = true }).NoCpuQuota,
        Is.False);

    [TestCase(-997, ExpectedResult = -997)]
    [TestCase(500, ExpectedResult = 500)]
    public int OomScoreAdj_AsAsked(long asked) =>
        ContainerResources.ForUpdate(new() { OomScoreAdj = asked }, Sample.Host, Sample.Runtime).OomScoreAdj;

    [Test]
    public void OomScoreAdj_WhereTheHostForbidsLoweringIt_IsClamped()
    {
        var host = Sample.Host with { CanLowerOomScoreAdj = false, OwnOomScoreAdj = 0 };
        var update = ContainerResources.ForUpdate(new() { OomScoreAdj = -5 }, host, Sample.Runtime);
        Assert.That(update.OomScoreAdj, Is.Zero);
        Assert.That(update.Notes, Has.One.Contains("oom_score_adj"));
    }

    [Test]
    public void Unified_OnV2Only()
    {
        var asked = new Cri.LinuxContainerResources { Unified = { ["memory.high"] = "1000" } };
        Assert.That(Convert(asked).Unified!["memory.high"], Is.EqualTo("1000")); // is set
        Refusal.Invalid(() => Convert(asked, Sample.PoorHost), "unified");
    }

    [Test]
    public void Memory_BelowWhatTheRuntimeNeeds_IsRefused() =>
        Refusal.Invalid(
            () => ContainerResources.ForUpdate(
                new() { MemoryLimitInBytes = 1000 }, Sample.Host, Sample.Runtime with { MinimumMemoryBytes = 512000 }),
            "too low");

    private static readonly Cri.LinuxContainerResources[] Nonsense =
    [
        new() { CpuShares = -1 }, new() { CpuShares = 1 }, new() { CpuShares = 262145 }, new() { CpuPeriod = 999 },
        new() { CpuPeriod = 1000001 },
        new() { CpuQuota = -2 }, new() { CpuQuota = 1 }, new() { MemoryLimitInBytes = -1 },
        new() { MemorySwapLimitInBytes = -2 }, new() { MemoryLimitInBytes = 10, MemorySwapLimitInBytes = 9 },
        new() { OomScoreAdj = 1001 },
        new() { OomScoreAdj = -1001 }, new() { CpusetCpus = "a" }, new() { CpusetMems = "0\n1" },
        new() { HugepageLimits = { new Cri.HugepageLimit { PageSize = "2 MB" } } },
        new() { Unified = { ["../x.y"] = "1" } },
        new() { Unified = { ["cgroup.procs"] = "1" } }, new() { Unified = { ["memory"] = "1" } },
    ];

    [TestCaseSource(nameof(Nonsense))]
    public void Convert_Nonsense_IsRefused(Cri.LinuxContainerResources asked) =>
        Refusal.Invalid(() => Convert(asked), "");

    private static Oci.Resources Convert(Cri.LinuxContainerResources asked, HostFacts? host = null) =>
        ContainerResources.ForUpdate(asked, host ?? Sample.Host, Sample.Runtime).Resources;
}
