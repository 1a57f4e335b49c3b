namespace Crisp.Bundle.Contributors;

/// <summary>CPU shares, which kubelet always sends, and quota and cpusets, which somebody asked for.</summary>
internal static class CpuLimits
{
    public static Oci.CpuResources? Build(Cri.LinuxContainerResources asked, HostFacts host, Notes notes)
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
        var cpu = new Oci.CpuResources
        {
            Shares = hasShares && hasController ? (ulong)asked.CpuShares : null,
            Period = asked.CpuPeriod != 0 && hasController ? (ulong)asked.CpuPeriod : null,
            Quota = asked.CpuQuota != 0 && hasController ? asked.CpuQuota : null,
            Cpus = asked.CpusetCpus.Length > 0 ? asked.CpusetCpus : null,
            Mems = asked.CpusetMems.Length > 0 ? asked.CpusetMems : null,
        };
        return cpu == new Oci.CpuResources() ? null : cpu;
    }
}
