using Crisp.Bundle;

namespace Crisp.Daemon.Hosting;

/// <summary>
/// Whether the configured cgroup manager is there. RuntimeConfig tells kubelet what to use by it, so a wrong one shows at
/// the start and not in every pod.
/// </summary>
internal static class CgroupManager
{
    /// <summary>There exactly where systemd is the init (man 3 sd_booted).</summary>
    private const string SystemdDirectory = "/run/systemd/system";

    public static void Check(CgroupDriver driver, string systemdDirectory = SystemdDirectory)
    {
        if (driver == CgroupDriver.Systemd && !Directory.Exists(systemdDirectory))
        {
            throw new StartException(
                ExitCodes.Configuration, "[crio.runtime] cgroup_manager is \"systemd\", but systemd does not run here; set \"cgroupfs\"");
        }
    }
}
