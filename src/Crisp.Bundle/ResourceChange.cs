namespace Crisp.Bundle;

/// <summary>
/// What a container has after UpdateContainerResources. Zero, the empty text and the empty list mean "not set"
/// throughout CRI, so they leave what was there.
/// </summary>
public static class ResourceChange
{
    public static Cri.LinuxContainerResources Apply(
        Cri.LinuxContainerResources? current, Cri.LinuxContainerResources asked)
    {
        Cri.LinuxContainerResources result = current?.Clone() ?? new();
        result.CpuPeriod = Or(asked.CpuPeriod, result.CpuPeriod);
        result.CpuQuota = Or(asked.CpuQuota, result.CpuQuota);
        result.CpuShares = Or(asked.CpuShares, result.CpuShares);
        result.OomScoreAdj = Or(asked.OomScoreAdj, result.OomScoreAdj);
        result.CpusetCpus = Or(asked.CpusetCpus, result.CpusetCpus);
        result.CpusetMems = Or(asked.CpusetMems, result.CpusetMems);
        Memory(result, asked);
        Hugepages(result, asked);
        foreach (KeyValuePair<string, string> setting in asked.Unified)
            result.Unified[setting.Key] = setting.Value;
        return result;
    }

    /// <summary>
    /// A new memory limit without a word about swap, which includes memory: an old swap limit that would now be the
    /// lower one rises with it.
    /// </summary>
    private static void Memory(Cri.LinuxContainerResources result, Cri.LinuxContainerResources asked)
    {
        result.MemoryLimitInBytes = Or(asked.MemoryLimitInBytes, result.MemoryLimitInBytes);
        if (asked.MemorySwapLimitInBytes != 0)
            result.MemorySwapLimitInBytes = asked.MemorySwapLimitInBytes;
        else if (result.MemorySwapLimitInBytes > 0)
            result.MemorySwapLimitInBytes = Math.Max(result.MemorySwapLimitInBytes, result.MemoryLimitInBytes);
    }

    private static void Hugepages(Cri.LinuxContainerResources result, Cri.LinuxContainerResources asked)
    {
        foreach (Cri.HugepageLimit limit in asked.HugepageLimits)
        {
            if (result.HugepageLimits.FirstOrDefault(known => known.PageSize == limit.PageSize) is { } known)
                known.Limit = limit.Limit;
            else
                result.HugepageLimits.Add(limit.Clone());
        }
    }

    private static long Or(long asked, long current) => asked != 0 ? asked : current;

    private static string Or(string asked, string current) => asked.Length > 0 ? asked : current;
}
