namespace Crisp.Bundle.Contributors;

/// <summary>
/// CPU shares, which kubelet always sends, and quota and cpusets, which somebody asked for. The quota -1, "none", is
/// left out where the runtime cannot set it: a new cgroup has none, and see <see cref="ResourceUpdate.NoCpuQuota"/>.
/// </summary>
internal static class CpuLimits
{
    public static Oci.CpuResources? Build(
        Cri.LinuxContainerResources asked, HostFacts host, RuntimeFacts runtime, Notes notes)
    {
        var hasShares = asked.CpuShares != 0;
        var hasQuota = asked.CpuQuota > 0;
        if (hasQuota)
            ContainerResources.RequireController(host, "cpu", "cpu_quota");
        if (asked.CpusetCpus.Length > 0)
            ContainerResources.RequireController(host, "cpuset", "cpuset_cpus");
        if (asked.CpusetMems.Length > 0)
            ContainerResources.RequireController(host, "cpuset", "cpuset_mems");
        var hasController = host.Controllers.Contains("cpu");
        if (hasShares && !hasController)
            notes.Add("cpu_shares are left out: this host has no cpu controller");
        var isQuotaForRuntime = hasQuota || (asked.CpuQuota < 0 && !runtime.CannotRemoveCpuQuota);
        var cpu = new Oci.CpuResources
        {
            Shares = hasShares && hasController ? (ulong)asked.CpuShares : null,
            Period = asked.CpuPeriod != 0 && hasController ? (ulong)asked.CpuPeriod : null,
            Quota = isQuotaForRuntime && hasController ? asked.CpuQuota : null,
            Cpus = asked.CpusetCpus.Length > 0 ? asked.CpusetCpus : null,
            Mems = asked.CpusetMems.Length > 0 ? asked.CpusetMems : null,
        };
        return cpu == new Oci.CpuResources() ? null : cpu;
    }
}
