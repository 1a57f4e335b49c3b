using Crisp.Errors;
using Google.Protobuf.Collections;

namespace Crisp.Bundle.Validation;

/// <summary>Refusals of limits that the kernel has no meaning for. Zero means "not set" throughout CRI.</summary>
internal static class ResourceRules
{
    /// <summary>The kernel's bounds of cpu.shares.</summary>
    private const long MostShares = 262144;

    /// <summary>
    /// The kernel's bounds of cpu.cfs_period_us, microseconds; no quota is shorter than the shortest period.
    /// </summary>
    private const long ShortestPeriodMicros = 1000;
    private const long LongestPeriodMicros = 1_000_000;

    public static void Validate(Cri.LinuxContainerResources? resources)
    {
        if (resources is null)
            return;
        Range("cpu_shares", resources.CpuShares, 2, MostShares);
        Range("cpu_period", resources.CpuPeriod, ShortestPeriodMicros, LongestPeriodMicros);
        if (resources.CpuQuota != -1)
            Range("cpu_quota", resources.CpuQuota, ShortestPeriodMicros, long.MaxValue);
        Range("memory_limit_in_bytes", resources.MemoryLimitInBytes, 1, long.MaxValue);
        if (resources.MemorySwapLimitInBytes != -1)
            Range("memory_swap_limit_in_bytes", resources.MemorySwapLimitInBytes, 1, long.MaxValue);
        Range("oom_score_adj", resources.OomScoreAdj, -1000, 1000);
        CpuList("cpuset_cpus", resources.CpusetCpus);
        CpuList("cpuset_mems", resources.CpusetMems);
        Hugepages(resources.HugepageLimits);
        foreach (KeyValuePair<string, string> setting in resources.Unified)
            Unified(setting.Key, setting.Value);
    }

    private static void Range(string field, long value, long least, long most)
    {
        if (value != 0 && (value < least || value > most))
        {
            var bounds = most == long.MaxValue ? $"less than {least}" : $"not between {least} and {most}";
            throw CrispException.InvalidArgument(field, $"{value} is {bounds}");
        }
    }

    private static void CpuList(string field, string list)
    {
        TextRules.Plain(field, list, Limits.SettingBytes);
        if (!list.All(c => char.IsAsciiDigit(c) || c is ',' or '-') || (list.Length > 0 && !char.IsAsciiDigit(list[0])))
            throw CrispException.InvalidArgument(field, $"\"{list}\" is not a list such as 0-3,7");
    }

    private static void Hugepages(RepeatedField<Cri.HugepageLimit> limits)
    {
        TextRules.Count("hugepage_limits", limits.Count, 64);
        var sizes = new HashSet<string>();
        foreach (Cri.HugepageLimit limit in limits)
        {
            string size = limit.PageSize;
            var wellFormed = size.Length is >= 3 and <= 16 && size[0] is >= '1' and <= '9'
                && size[..^2].All(char.IsAsciiDigit) && size[^2..] is "KB" or "MB" or "GB";
            if (!wellFormed)
                throw CrispException.InvalidArgument(
                    "hugepage_limits.page_size", $"\"{size}\" is not a size such as 2MB or 1GB");
            if (!sizes.Add(size))
                throw CrispException.InvalidArgument("hugepage_limits", $"{size} is given twice");
        }
    }

    /// <summary>
    /// The key is the name of a file in the cgroup's directory, "memory.high" or "hugetlb.2MB.max" for instance.
    /// </summary>
    private static void Unified(string key, string value)
    {
        var field = $"unified[{key}]";
        TextRules.Plain("unified", key, Limits.NameBytes);
        TextRules.Bounded(field, value, Limits.SettingBytes);
        var dot = key.IndexOf('.');
        var wellFormed = dot > 0 && dot < key.Length - 1
            && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_');
        if (!wellFormed)
            throw CrispException.InvalidArgument("unified", $"\"{key}\" is not the name of a cgroup setting");
        if (key.StartsWith("cgroup.", StringComparison.Ordinal))
            throw CrispException.InvalidArgument(field, "is not a limit: it steers the cgroup itself");
    }
}
