namespace Crisp.Bundle.Contributors;

/// <summary>
/// Huge page limits. kubelet sends a zero for each page size of the node, always; without the controller those are left
/// out, or no pod of a real kubelet would start.
/// </summary>
internal static class HugepageLimits
{
    public static IReadOnlyList<Oci.HugepageLimit>? Build(
        Cri.LinuxContainerResources asked, HostFacts host, Notes notes)
    {
        if (asked.HugepageLimits.Count == 0)
            return null;
        if (host.Controllers.Contains("hugetlb"))
            return asked.HugepageLimits.Select(
                limit => new Oci.HugepageLimit { PageSize = limit.PageSize, Limit = limit.Limit }).ToArray();
        if (asked.HugepageLimits.Any(limit => limit.Limit > 0))
            ContainerResources.RequireController(host, "hugetlb", "hugepage_limits");
        notes.Add("hugepage_limits are left out: this host has no hugetlb controller");
        return null;
    }
}
