using Crisp.Bundle;
using Microsoft.Extensions.Logging;

namespace Crisp.Daemon.Configuration;

/// <summary>[crio.runtime]</summary>
internal sealed record RuntimeSettings
{
    /// <summary>Empty: crun where it is installed, else runc.</summary>
    public string DefaultRuntime { get; init; } = "";

    public string NamespacesDirectory { get; init; } = "/var/run";

    /// <summary>Null: systemd where it is the init, else cgroupfs.</summary>
    public CgroupDriver? CgroupManager { get; init; }

    /// <summary>Without the CAP_ prefix, as cri-o writes them.</summary>
    public IReadOnlyList<string> DefaultCapabilities { get; init; } =
        ["CHOWN", "DAC_OVERRIDE", "FSETID", "FOWNER", "SETGID", "SETUID", "SETPCAP", "NET_BIND_SERVICE", "KILL"];

    public IReadOnlyList<string> DefaultEnv { get; init; } = [];

    public IReadOnlyList<string> DefaultUlimits { get; init; } = [];

    /// <summary>Empty: the one that is installed with crisp, or built into it.</summary>
    public string SeccompProfile { get; init; } = "";

    /// <summary>Empty: none.</summary>
    public string PrivilegedSeccompProfile { get; init; } = "";

    public string AppArmorProfile { get; init; } = "crisp-default";

    public bool SELinux { get; init; }

    public bool HostNetworkDisablesSELinux { get; init; } = true;

    public IReadOnlyList<string> DefaultSysctls { get; init; } = [];

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Zero: no limit.</summary>
    public long PidsLimit { get; init; }

    public bool ReadOnly { get; init; }

    public bool NoPivot { get; init; }

    public IReadOnlyList<string> AbsentMountSourcesToReject { get; init; } = [];

    public bool EnablePodEvents { get; init; } = true;

    public bool EnableCriuSupport { get; init; } = true;

    public IReadOnlyList<string> AdditionalDevices { get; init; } = [];

    public IReadOnlyList<string> AllowedDevices { get; init; } = ["/dev/fuse", "/dev/net/tun"];

    public bool DeviceOwnershipFromSecurityContext { get; init; }

    public IReadOnlyList<string> CdiDirectories { get; init; } = ["/etc/cdi", "/var/run/cdi"];

    public IReadOnlyList<string> HooksDirectories { get; init; } = ["/usr/share/containers/oci/hooks.d"];

    /// <summary>Empty: where containers-common puts it.</summary>
    public string DefaultMountsFile { get; init; } = "";

    /// <summary>Zero: no bound.</summary>
    public long LogSizeMaxBytes { get; init; }

    public string MonitorCgroup { get; init; } = "";

    public TimeSpan ContainerStopTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
