using Crisp.Cri.Generations.Legacy;
using Crisp.Toml;
using Key = Crisp.Daemon.Configuration.ConfigurationKey<Crisp.Daemon.Configuration.CrispConfiguration>;

namespace Crisp.Daemon.Configuration;

internal static partial class ConfigurationKeys
{
    private const string HouseTable = "crisp";

    private const int MaxRunRootBytes = 40;

    private static readonly Dictionary<string, LegacyLayout?> LegacyLayouts = new()
    {
        [""] = null,
        ["1.5"] = LegacyLayout.Kubernetes15,
        ["1.6"] = LegacyLayout.Kubernetes16,
        ["1.7"] = LegacyLayout.Kubernetes17,
        ["1.8"] = LegacyLayout.Kubernetes18,
        ["1.9"] = LegacyLayout.Kubernetes18,
    };

    private static Key[] House =>
    [
        HouseKey("root",
            "What survives a reboot: images, layers, the records of pods and containers.",
            h => TomlText.Quote(h.Root),
            (h, v) => h with { Root = v.Path() }),
        HouseKey("run_root",
            "What a reboot takes away: namespaces, monitor sockets, exit records, the OCI runtimes' state. At most 40 "
            + "bytes: a monitor's socket lies beneath.",
            h => TomlText.Quote(h.RunRoot),
            (h, v) => h with { RunRoot = v.Path(MaxRunRootBytes) }),
        HouseKey("netns_dir",
            "Where the pods' network namespaces are pinned; `ip netns` looks in the default.",
            h => TomlText.Quote(h.NetworkNamespaceDirectory),
            (h, v) => h with { NetworkNamespaceDirectory = v.Path() }),
        HouseKey("monitor_path",
            "The program that stays beside each container. Empty: crisp-monitor beside crisp itself, in "
            + "/usr/libexec/crisp or on PATH.",
            h => TomlText.Quote(h.MonitorPath),
            (h, v) => h with { MonitorPath = v.PathOrEmpty() }),
        HouseKey("criu_path",
            "The program that OCI runtimes make checkpoints with. Empty: criu in the usual directories.",
            h => TomlText.Quote(h.CriuPath),
            (h, v) => h with { CriuPath = v.PathOrEmpty() }),
        HouseKey("restore_from_images",
            "Containers may be made from images that hold a checkpoint, by whoever may name an image: criu takes "
            + "capabilities and seccomp filters from the image's files, not from the pod. Archives named by path are not meant.",
            h => TomlText.Boolean(h.RestoreFromImages),
            (h, v) => h with { RestoreFromImages = v.Boolean() }),
        HouseKey("cni_timeout",
            "Seconds a CNI plugin may take before it is killed, at least 1.",
            h => Show(h.CniTimeout),
            (h, v) => h with { CniTimeout = v.Seconds(min: 1) }),
        HouseKey("legacy_layout",
            "The Kubernetes release, 1.5 to 1.9, as whose messages of the API without a version (package runtime) are read "
            + "where their bytes leave it open. Empty: as the same client's other messages, else as 1.5's.",
            h => Show(LegacyLayouts, h.LegacyLayout),
            (h, v) => h with { LegacyLayout = v.Choice(LegacyLayouts) }),
        HouseKey("legacy_seccomp_root",
            "Where seccomp profiles lie that kubelets up to 1.7 name relative to their --seccomp-profile-root.",
            h => TomlText.Quote(h.LegacySeccompRoot),
            (h, v) => h with { LegacySeccompRoot = v.Path() }),
        new(HouseTable, "cni_template",
            "A template of a CNI configuration, written to network_dir as 10-crisp-net.conflist when kubelet tells the "
            + "node's pod CIDR; {{.PodCIDR}}, {{.PodCIDRRanges}} and {{.Routes}} in it are replaced. Empty: nothing is written.",
            c => TomlText.Quote(c.Network.Template),
            (c, v) => c with { Network = c.Network with { Template = v.PathOrEmpty() } }),
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
