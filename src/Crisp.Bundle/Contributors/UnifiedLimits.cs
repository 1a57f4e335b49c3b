using Crisp.Errors;

namespace Crisp.Bundle.Contributors;

/// <summary>Settings by their cgroup v2 file name.</summary>
internal static class UnifiedLimits
{
    public static IReadOnlyDictionary<string, string>? Build(Cri.LinuxContainerResources asked, HostFacts host)
    {
        if (asked.Unified.Count == 0)
            return null;
        if (!host.CgroupV2)
            throw CrispException.InvalidArgument("unified", "cannot be set: this host uses cgroup v1");
        foreach (string key in asked.Unified.Keys)
            ContainerResources.RequireController(host, key[..key.IndexOf('.')], $"unified[{key}]");
        return new SortedDictionary<string, string>(asked.Unified, StringComparer.Ordinal);
    }
}
