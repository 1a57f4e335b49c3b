using Crisp.Toml;
using Key = Crisp.Daemon.Configuration.ConfigurationKey<Crisp.Daemon.Configuration.CrispConfiguration>;

namespace Crisp.Daemon.Configuration;

internal static partial class ConfigurationKeys
{
    private const string HouseTable = "crisp";

    private static Key[] House =>
    [
        HouseKey("root",
            "What survives a reboot: images, layers, the records of pods and containers.",
            h => TomlText.Quote(h.Root),
            (h, v) => h with { Root = v.Path() }),
        HouseKey("run_root",
            "What a reboot takes away: namespaces, monitor sockets, exit records, the OCI runtimes' state. At most 90 "
            + "bytes: a monitor's socket lies beneath.",
            h => TomlText.Quote(h.RunRoot),
            (h, v) => h with { RunRoot = v.Path() }),
        HouseKey("netns_dir",
            "Where the pods' network namespaces are pinned; `ip netns` looks in the default.",
            h => TomlText.Quote(h.NetworkNamespaceDirectory),
            (h, v) => h with { NetworkNamespaceDirectory = v.Path() }),
        HouseKey("monitor_path",
            "The program that stays beside each container. Empty: crisp-monitor beside crisp itself, in "
            + "/usr/libexec/crisp or on PATH.",
            h => TomlText.Quote(h.MonitorPath),
            (h, v) => h with { MonitorPath = v.PathOrEmpty() }),
        HouseKey("cni_timeout",
            "Seconds a CNI plugin may take before it is killed, at least 1.",
            h => Show(h.CniTimeout),
            (h, v) => h with { CniTimeout = v.Seconds(min: 1) }),
    ];

    private static Key HouseKey(
        string name,
        string documentation,
        Func<HouseSettings, string> show,
        Func<HouseSettings, ConfiguredValue, HouseSettings> apply) =>
        new(HouseTable, name, documentation,
            c => show(c.House),
            (c, v) => c with { House = apply(c.House, v) });
}
