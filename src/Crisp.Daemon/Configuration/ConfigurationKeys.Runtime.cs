using System.Globalization;
using Crisp.Bundle;
using Crisp.Toml;
using Microsoft.Extensions.Logging;
using Key = Crisp.Daemon.Configuration.ConfigurationKey<Crisp.Daemon.Configuration.CrispConfiguration>;

namespace Crisp.Daemon.Configuration;

internal static partial class ConfigurationKeys
{
    private const string RuntimeTable = "crio.runtime";

    /// <summary>Smaller than one buffer of the monitor a bound could not be kept.</summary>
    private const long MinLogSizeBytes = 8192;

    private static readonly Dictionary<string, CgroupDriver?> CgroupManagers = new()
    {
        [""] = null,
        ["cgroupfs"] = CgroupDriver.Cgroupfs,
        ["systemd"] = CgroupDriver.Systemd,
    };

    /// <summary>cri-o's names; the first of each level is the one that is printed.</summary>
    private static readonly Dictionary<string, LogLevel> LogLevels = new()
    {
        ["trace"] = LogLevel.Trace,
        ["debug"] = LogLevel.Debug,
        ["info"] = LogLevel.Information,
        ["warn"] = LogLevel.Warning,
        ["warning"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
        ["fatal"] = LogLevel.Critical,
        ["panic"] = LogLevel.Critical,
    };

    private static Key[] Runtime =>
    [
        new(RuntimeTable, "namespaces_dir",
            "The directory above the one, netns, in which the pods' network namespaces are pinned; [crisp] netns_dir names "
            + "that one itself.",
            c => TomlText.Quote(c.Runtime.NamespacesDirectory),
            (c, v) => c with
            {
                Runtime = c.Runtime with { NamespacesDirectory = v.Path() },
                House = c.House with { NetworkNamespaceDirectory = v.Path() + "/netns" },
            }),
        RuntimeKey("default_runtime",
            "The handler of pods that name none. Empty: crun where it is installed and can work, else runc.",
            r => TomlText.Quote(r.DefaultRuntime),
            (r, v) => r with { DefaultRuntime = v.Text() }),
        RuntimeKey("cgroup_manager",
            "Who makes the containers' cgroups: \"cgroupfs\" (crisp and the OCI runtime write the files) or \"systemd\". "
            + "Empty: systemd where it is the init, as with cri-o; kubelet asks, or its cgroupDriver says the same.",
            r => Show(CgroupManagers, r.CgroupManager),
            (r, v) => r with { CgroupManager = v.Choice(CgroupManagers) }),
        RuntimeKey("default_capabilities",
            "Capabilities of a container that is not privileged, before its own additions and removals; without CAP_.",
            r => TomlText.Array(r.DefaultCapabilities),
            (r, v) => r with { DefaultCapabilities = v.Texts() }),
        RuntimeKey("default_env",
            "NAME=VALUE: set in every container, unless the image or the request sets the name.",
            r => TomlText.Array(r.DefaultEnv),
            (r, v) => r with { DefaultEnv = v.Assignments() }),
        RuntimeKey("default_ulimits",
            "NAME=SOFT:HARD, such as \"nofile=1024:4096\", or NAME=BOTH; -1 is unlimited. Empty: what crisp itself has.",
            r => TomlText.Array(r.DefaultUlimits),
            (r, v) => r with { DefaultUlimits = v.Ulimits() }),
        RuntimeKey("seccomp_profile",
            "The file of the seccomp profile that RuntimeDefault means. Empty: /usr/share/crisp/seccomp.json, or the same "
            + "profile as it is built into crisp.",
            r => TomlText.Quote(r.SeccompProfile),
            (r, v) => r with { SeccompProfile = v.PathOrEmpty() }) with { Reloaded = true },
        RuntimeKey("privileged_seccomp_profile",
            "The file of a seccomp profile for privileged containers. Empty: they have none.",
            r => TomlText.Quote(r.PrivilegedSeccompProfile),
            (r, v) => r with { PrivilegedSeccompProfile = v.PathOrEmpty() }) with { Reloaded = true },
        RuntimeKey("apparmor_profile",
            "The AppArmor profile that RuntimeDefault means, by the name under which it is loaded into the kernel. Empty, or "
            + "crio-default (which only cri-o itself loads): crisp-default.",
            r => TomlText.Quote(r.AppArmorProfile),
            (r, v) => r with { AppArmorProfile = v.Text() is not ("" or "crio-default")
                ? v.Text()
                : new RuntimeSettings().AppArmorProfile }) with { Reloaded = true },
        RuntimeKey("selinux",
            "Containers get SELinux labels where the host has SELinux.",
            r => TomlText.Boolean(r.SELinux),
            (r, v) => r with { SELinux = v.Boolean() }),
        RuntimeKey("hostnetwork_disable_selinux",
            "Pods on the node's network get no SELinux labels.",
            r => TomlText.Boolean(r.HostNetworkDisablesSELinux),
            (r, v) => r with { HostNetworkDisablesSELinux = v.Boolean() }),
        RuntimeKey("default_sysctls",
            "NAME=VALUE, network or IPC: set in every pod that has such a namespace and does not set it itself.",
            r => TomlText.Array(r.DefaultSysctls),
            (r, v) => r with { DefaultSysctls = v.Sysctls() }),
        RuntimeKey("pids_limit",
            "Processes and threads one container may have. 0 or less: no limit of crisp's (kubelet sets the pod's).",
            r => r.PidsLimit.ToString(CultureInfo.InvariantCulture),
            (r, v) => r with { PidsLimit = Math.Max(0, v.Integer(-1, long.MaxValue)) }),
        RuntimeKey("read_only",
            "Every container's root file system is read-only, whatever its request says.",
            r => TomlText.Boolean(r.ReadOnly),
            (r, v) => r with { ReadOnly = v.Boolean() }),
        RuntimeKey("no_pivot",
            "The OCI runtime does not use pivot_root, for hosts that run from an initramfs.",
            r => TomlText.Boolean(r.NoPivot),
            (r, v) => r with { NoPivot = v.Boolean() }),
        RuntimeKey("enable_pod_events",
            "Clients may listen to what becomes of pods and containers (GetContainerEvents); it costs nothing while none does.",
            r => TomlText.Boolean(r.EnablePodEvents),
            (r, v) => r with { EnablePodEvents = v.Boolean() }),
        RuntimeKey("enable_criu_support",
            "Containers may be checkpointed, and made from checkpoints; needs criu and an OCI runtime that knows it.",
            r => TomlText.Boolean(r.EnableCriuSupport),
            (r, v) => r with { EnableCriuSupport = v.Boolean() }),
        RuntimeKey("absent_mount_sources_to_reject",
            "Host paths that are not made when a mount asks for them and they are absent: the container is refused.",
            r => TomlText.Array(r.AbsentMountSourcesToReject),
            (r, v) => r with { AbsentMountSourcesToReject = v.Paths() }),
        RuntimeKey("additional_devices",
            "Devices for every container, each \"/dev/HOST\", \"/dev/HOST:/dev/CONTAINER\" or either with \":rwm\".",
            r => TomlText.Array(r.AdditionalDevices),
            (r, v) => r with { AdditionalDevices = v.Paths() }),
        RuntimeKey("allowed_devices",
            "Devices that a pod may ask for by the annotation devices.crio.io.",
            r => TomlText.Array(r.AllowedDevices),
            (r, v) => r with { AllowedDevices = v.Paths() }),
        RuntimeKey("device_ownership_from_security_context",
            "The devices of a request belong to the user and group it runs as, instead of to whom they do on the host.",
            r => TomlText.Boolean(r.DeviceOwnershipFromSecurityContext),
            (r, v) => r with { DeviceOwnershipFromSecurityContext = v.Boolean() }),
        RuntimeKey("cdi_spec_dirs",
            "Directories of CDI files (JSON and YAML), looked at when a container asks for a device; a later one goes before.",
            r => TomlText.Array(r.CdiDirectories),
            (r, v) => r with { CdiDirectories = v.Paths() }) with { Reloaded = true },
        RuntimeKey("hooks_dir",
            "Directories of OCI hooks (JSON, schema 1.0.0), looked at when a container is made; of files of one name the "
            + "one in the later directory counts.",
            r => TomlText.Array(r.HooksDirectories),
            (r, v) => r with { HooksDirectories = v.Paths() }),
        RuntimeKey("default_mounts_file",
            "A file of \"/SOURCE:/DESTINATION\" lines: every container gets a copy of each source. Empty: "
            + "/etc/containers/mounts.conf or /usr/share/containers/mounts.conf, where there is one.",
            r => TomlText.Quote(r.DefaultMountsFile),
            (r, v) => r with { DefaultMountsFile = v.PathOrEmpty() }),
        new(RuntimeTable, "disable_hostport_mapping",
            "Host ports are the CNI network's business alone. Otherwise the portmap plugin is added to a network in which no "
            + "plugin takes them.",
            c => TomlText.Boolean(!c.Network.MapsHostPorts),
            (c, v) => c with { Network = c.Network with { MapsHostPorts = !v.Boolean() } }),
        RuntimeKey("log_level",
            "What reaches crisp's own log: trace, debug, info, warn, error or fatal. Polling calls log at debug.",
            r => Show(LogLevels, r.LogLevel),
            (r, v) => r with { LogLevel = v.Choice(LogLevels) }) with { Reloaded = true },
        RuntimeKey("log_size_max",
            "Bytes one container's log file may reach before it is truncated, at least 8192. Negative: no bound "
            + "(kubelet rotates).",
            r => (r.LogSizeMaxBytes is 0 ? -1 : r.LogSizeMaxBytes).ToString(CultureInfo.InvariantCulture),
            (r, v) => r with { LogSizeMaxBytes = LogSize(v) }),
        RuntimeKey("conmon_cgroup",
            "The cgroup of the monitors beside the containers. Empty: crisp's own; with cgroup v2 and the systemd manager "
            + "system.slice. pod: one for each in the pod's cgroup (crio-conmon-ID), whose limits it then counts against. A "
            + "slice: the same in that. Else an absolute path beneath the cgroup mounts, for all of them; it is made if it is "
            + "missing.",
            r => TomlText.Quote(r.MonitorCgroup),
            (r, v) => r with { MonitorCgroup = v.CgroupOfMonitors() }),
        RuntimeKey("ctr_stop_timeout",
            "Seconds a container gets between its stop signal and SIGKILL where crisp itself stops it "
            + "(StopPodSandbox), at least 1.",
            r => Show(r.ContainerStopTimeout),
            (r, v) => r with { ContainerStopTimeout = v.Seconds(min: 1) }),
    ];

    private static Key RuntimeKey(
        string name,
        string documentation,
        Func<RuntimeSettings, string> show,
        Func<RuntimeSettings, ConfiguredValue, RuntimeSettings> apply) =>
        new(RuntimeTable, name, documentation,
            c => show(c.Runtime),
            (c, v) => c with { Runtime = apply(c.Runtime, v) });

    private static long LogSize(ConfiguredValue value)
    {
        var bytes = value.Integer(-1, long.MaxValue);
        return bytes is -1 or >= MinLogSizeBytes
            ? Math.Max(0, bytes)
            : throw value.Refused($"{bytes} is too small: log size max should be negative or >= {MinLogSizeBytes}");
    }
}
