namespace Crisp.Bundle.Tests;

public class ResourceChangeTests
{
    [Test]
    public void Apply_WhatIsSet_ReplacesAndTheRestStays()
    {
        var current = new Cri.LinuxContainerResources
        {
            CpuShares = 512, CpuQuota = 50_000, CpuPeriod = 100_000, OomScoreAdj = 999, CpusetCpus = "0",
            HugepageLimits = { new Cri.HugepageLimit { PageSize = "2MB", Limit = 1 } },
            Unified = { ["memory.high"] = "1" },
        };

        Cri.LinuxContainerResources result = ResourceChange.Apply(current, new()
        {
            CpuQuota = 60_000, CpusetMems = "0",
            HugepageLimits =
            {
                new Cri.HugepageLimit { PageSize = "2MB", Limit = 2 },
                new Cri.HugepageLimit { PageSize = "1GB", Limit = 3 }
            },
            Unified = { ["memory.low"] = "2" },
        });

        Assert.That(result, Is.EqualTo(new Cri.LinuxContainerResources
        {
            CpuShares = 512,
            CpuQuota = 60_000, CpuPeriod = 100_000, OomScoreAdj = 999, CpusetCpus = "0", CpusetMems = "0",
            HugepageLimits =
            {
                new Cri.HugepageLimit { PageSize = "2MB", Limit = 2 },
                new Cri.HugepageLimit { PageSize = "1GB", Limit = 3 }
            },
            Unified = { ["memory.high"] = "1", ["memory.low"] = "2" },
        }));
        Assert.That(current.HugepageLimits[0].Limit, Is.EqualTo(1), "what readers may hold is not changed");
    }

    [TestCase(100L, 0L, 200L, 0L, ExpectedResult = 0L, TestName = "Swap_NeverSet_StaysUnset")]
    [TestCase(100L, 100L, 200L, 0L, ExpectedResult = 200L, TestName = "Swap_BelowTheNewLimit_RisesWithIt")]
    [TestCase(100L, 300L, 200L, 0L, ExpectedResult = 300L, TestName = "Swap_AboveTheNewLimit_Stays")]
    [TestCase(100L, -1L, 200L, 0L, ExpectedResult = -1L, TestName = "Swap_Unlimited_StaysUnlimited")]
    [TestCase(100L, 300L, 0L, 150L, ExpectedResult = 150L, TestName = "Swap_Asked_IsTaken")]
    public long Apply(long limit, long swap, long newLimit, long newSwap) => ResourceChange.Apply(
        new() { MemoryLimitInBytes = limit, MemorySwapLimitInBytes = swap },
        new() { MemoryLimitInBytes = newLimit, MemorySwapLimitInBytes = newSwap }).MemorySwapLimitInBytes;

    [Test]
    public void Apply_ToNothing_IsWhatWasAsked() =>
        Assert.That(ResourceChange.Apply(null, new() { CpuShares = 2 }),
            Is.EqualTo(new Cri.LinuxContainerResources { CpuShares = 2 }));
}
