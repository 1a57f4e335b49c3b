using Crisp.Bundle;

namespace Crisp.Daemon.Hosting;

/// <summary>
/// Which cgroup manager is used: the configured one, or what the host has. RuntimeConfig tells kubelet what to use by
/// it, so one that is not there shows at the start and not in every pod.
/// </summary>
internal static class CgroupManager
{
    /// <summary>There exactly where systemd is the init (man 3 sd_booted).</summary>
    private const string SystemdDirectory = "/run/systemd/system";

    public static CgroupDriver Choose(CgroupDriver? configured, string systemdDirectory = SystemdDirectory)
    {
        bool hasSystemd = Directory.Exists(systemdDirectory);
        if (configured == CgroupDriver.Systemd && !hasSystemd)
        {
            throw new StartException(
                ExitCodes.Configuration,
                "[crio.runtime] cgroup_manager is \"systemd\", but systemd does not run here; set \"cgroupfs\"");
        }

        return configured ?? (hasSystemd ? CgroupDriver.Systemd : CgroupDriver.Cgroupfs);
    }
}
