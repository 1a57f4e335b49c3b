using Crisp.Toml;
using Key = Crisp.Daemon.Configuration.ConfigurationKey<Crisp.Daemon.Configuration.HandlerSettings>;

namespace Crisp.Daemon.Configuration;

/// <summary>The keys of each [crio.runtime.runtimes.NAME].</summary>
internal static class HandlerKeys
{
    public const string TablePrefix = "crio.runtime.runtimes";

    public static IReadOnlyList<Key> All { get; } =
    [
        new(TablePrefix, "runtime_path",
            "The OCI runtime's program. Empty: the program of the handler's name on PATH.",
            h => TomlText.Quote(h.RuntimePath),
            (h, v) => h with { RuntimePath = v.PathOrEmpty() }),
        new(TablePrefix, "runtime_root",
            "Where the OCI runtime keeps its own state. Empty: a directory of the handler's name in [crisp] run_root.",
            h => TomlText.Quote(h.RuntimeRoot),
            (h, v) => h with { RuntimeRoot = v.PathOrEmpty() }),
        new(TablePrefix, "runtime_type",
            "Only \"oci\", a program with runc's command line.",
            _ => TomlText.Quote("oci"),
            (h, v) => v.Text() is "oci" or "" ? h : throw v.Refused("knows only \"oci\"")),
        new(TablePrefix, "container_min_memory",
            "A container with a smaller memory limit is refused; a number with B, KiB, MiB or GiB. Empty: 500KiB for "
            + "crun, 12MiB for others.",
            h => TomlText.Quote(h.ContainerMinMemoryBytes is { } bytes ? $"{bytes}B" : ""),
            (h, v) => h with { ContainerMinMemoryBytes = v.SizeOrNull() }),
        new(TablePrefix, "allowed_annotations",
            "Annotations, by exact name, that reach the runtime from requests although they steer it.",
            h => TomlText.Array(h.AllowedAnnotations),
            (h, v) => h with { AllowedAnnotations = v.Texts() }),
        new(TablePrefix, "seccomp_profile",
            "The file of the seccomp profile that RuntimeDefault means for this handler. Empty: that of [crio.runtime].",
            h => TomlText.Quote(h.SeccompProfile),
            (h, v) => h with { SeccompProfile = v.PathOrEmpty() }),
        new(TablePrefix, "monitor_cgroup",
            "The cgroup of the monitors beside this handler's containers, with the values of conmon_cgroup. Empty: that of "
            + "[crio.runtime].",
            h => TomlText.Quote(h.MonitorCgroup ?? ""),
            (h, v) => h with { MonitorCgroup = v.CgroupOfMonitors() is { Length: > 0 } group ? group : null }),
        new(TablePrefix, "privileged_without_host_devices",
            "Privileged containers do not get the host's devices.",
            h => TomlText.Boolean(h.PrivilegedWithoutHostDevices),
            (h, v) => h with { PrivilegedWithoutHostDevices = v.Boolean() }),
        new(TablePrefix, "container_create_timeout",
            "Seconds the creation of a container may take before it is given up, at least 30; the longest of all "
            + "handlers holds for each.",
            h => ((long)h.ContainerCreateTimeout.TotalSeconds).ToString(),
            (h, v) => h with { ContainerCreateTimeout = v.Seconds(min: 30) }),
    ];
}
