using Crisp.Bundle.Contributors;
using Crisp.Bundle.Validation;
using Crisp.Errors;

namespace Crisp.Bundle;

/// <summary>
/// Cgroup limits in the OCI spec's words, which are those of cgroup v1; the runtime converts them on v2. What
/// Kubernetes always sends and the host cannot do is left out with a note; what somebody asked for is refused.
/// </summary>
public static class ContainerResources
{
    /// <summary>
    /// For UpdateContainerResources: only what the request sets, and what it cannot change is left alone.
    /// </summary>
    public static ResourceUpdate ForUpdate(Cri.LinuxContainerResources asked, HostFacts host, RuntimeFacts runtime)
    {
        ResourceRules.Validate(asked);
        var notes = new Notes();
        return new ResourceUpdate(
            Convert(asked, host, runtime, notes),
            asked.CpuQuota < 0 && runtime.CannotRemoveCpuQuota,
            OomScore.Build(asked.OomScoreAdj, host, notes),
            notes.Lines);
    }

    internal static Oci.Resources Build(BundleInput input, Notes notes)
    {
        var limits = Convert(input.Container.Linux?.Resources ?? new(), input.Host, input.Runtime, notes);
        return limits with { Devices = DeviceAccess.Build(input), Pids = Pids(input, notes) };
    }

    private static Oci.Resources Convert(
        Cri.LinuxContainerResources asked, HostFacts host, RuntimeFacts runtime, Notes notes) => new()
    {
        Cpu = CpuLimits.Build(asked, host, runtime, notes),
        Memory = MemoryLimits.Build(asked, host, runtime, notes),
        HugepageLimits = HugepageLimits.Build(asked, host, notes),
        Unified = UnifiedLimits.Build(asked, host),
    };

    /// <summary>crun 1.8.1 writes -1 literally (EINVAL), so "unlimited" is left out.</summary>
    private static Oci.PidsResources? Pids(BundleInput input, Notes notes)
    {
        if (input.Options.PidsLimit <= 0)
            return null;
        if (input.Host.Controllers.Contains("pids"))
            return new Oci.PidsResources { Limit = input.Options.PidsLimit };
        notes.Add("pids_limit is left out: this host has no pids controller");
        return null;
    }

    internal static void RequireController(HostFacts host, string controller, string field)
    {
        if (!host.Controllers.Contains(controller))
            throw CrispException.InvalidArgument(field, $"cannot be set: this host has no {controller} controller");
    }
}
