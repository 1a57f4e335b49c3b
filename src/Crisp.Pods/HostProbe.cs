using System.Globalization;
using Crisp.Bundle;
using Crisp.Bundle.Seccomp;
using Crisp.Linux;
using Crisp.Pods.Security;

namespace Crisp.Pods;

/// <summary>Looks, once, at what this host can do.</summary>
internal static class HostProbe
{
    internal static HostFacts Read(SecurityOptions security, AppArmorKernel appArmor)
    {
        var cgroups = Cgroups.Layout;
        var mayRaise = Capabilities.EffectiveSet().Contains("CAP_SYS_RESOURCE");
        return new HostFacts
        {
            CgroupV2 = cgroups.IsUnified,
            Controllers = cgroups.Controllers.Keys.ToHashSet(StringComparer.Ordinal),
            SwapLimit = HasSwapLimit(cgroups),
            BoundingCapabilities = Capabilities.BoundingSet(),
            OwnOomScoreAdj = int.Parse(File.ReadAllText("/proc/self/oom_score_adj"),
                NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture),
            CanLowerOomScoreAdj = mayRaise,
            HardLimits = mayRaise ? null : ResourceLimits.ReadHard(),
            AppArmor = appArmor.IsEnabled,
            SELinux = security.SELinux ? SELinuxPolicy.Read("/sys/fs/selinux", "/etc/selinux") : null,
            Seccomp = Seccomp(),
            UserNamespaces = HasUserNamespaces(),
            Sctp = HasSctp(),
            Hostname = NodeName.Read(),
            ThermalThrottlePaths = ThermalThrottlePaths(),
        };
    }

    /// <summary>Null where the kernel was built without seccomp, or says a release that nobody can compare.</summary>
    private static SeccompHost? Seccomp()
    {
        var filters = File.ReadLines("/proc/self/status").Any(
            line => line.StartsWith("Seccomp:", StringComparison.Ordinal));
        return filters && KernelVersion.Parse(File.ReadAllText("/proc/sys/kernel/osrelease")) is { } kernel
            ? new SeccompHost(GoArchitecture.OfThisHost, kernel)
            : null;
    }

    /// <summary>On v2 the root has no memory.swap.max, but any group beneath it does.</summary>
    private static bool HasSwapLimit(CgroupLayout cgroups)
    {
        if (cgroups.DirectoryOf("memory", "/") is not { } memory)
            return false;
        return cgroups.IsUnified
            ? Directory.EnumerateDirectories(memory).Any(group => File.Exists(Path.Combine(group, "memory.swap.max")))
            : File.Exists(Path.Combine(memory, "memory.memsw.limit_in_bytes"));
    }

    private static bool HasUserNamespaces()
    {
        const string Most = "/proc/sys/user/max_user_namespaces";
        return File.Exists(Most) && File.ReadAllText(Most).Trim() != "0"
            && KernelVersion.Parse(
                File.ReadAllText("/proc/sys/kernel/osrelease"))?.IsAtLeast(new KernelVersion(5, 19)) == true;
    }

    /// <summary>Loaded, built in, or a module that the first use loads.</summary>
    private static bool HasSctp()
    {
        if (Directory.Exists("/proc/net/sctp"))
            return true;
        var modules = Path.Combine("/lib/modules", File.ReadAllText("/proc/sys/kernel/osrelease").Trim());
        return ((string[])["modules.builtin", "modules.dep"]).Select(list => Path.Combine(modules, list))
            .Any(list => File.Exists(list) && File.ReadLines(list)
                .Any(line => line.StartsWith("kernel/net/sctp/sctp.ko", StringComparison.Ordinal)));
    }

    private static string[] ThermalThrottlePaths()
    {
        const string Cpus = "/sys/devices/system/cpu";
        return Directory.Exists(Cpus)
            ? [.. Directory.EnumerateDirectories(Cpus, "cpu*")
                .Select(cpu => Path.Combine(cpu, "thermal_throttle")).Where(Directory.Exists)]
            : [];
    }
}
