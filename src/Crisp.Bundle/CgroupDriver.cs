namespace Crisp.Bundle;

/// <summary>Who makes cgroups: the runtime by mkdir, or systemd by units (crio.runtime.cgroup_manager).</summary>
public enum CgroupDriver
{
    Cgroupfs,
    Systemd,
}
