namespace Crisp.Daemon.Configuration;

/// <summary>Who makes the containers' cgroups; kubelet asks for it (RuntimeConfig) and follows.</summary>
internal enum CgroupManager
{
    Cgroupfs,
    Systemd,
}
