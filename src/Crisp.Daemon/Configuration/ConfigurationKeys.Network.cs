using Crisp.Toml;
using Key = Crisp.Daemon.Configuration.ConfigurationKey<Crisp.Daemon.Configuration.CrispConfiguration>;

namespace Crisp.Daemon.Configuration;

internal static partial class ConfigurationKeys
{
    private const string NetworkTable = "crio.network";

    private static Key[] Network =>
    [
        new(NetworkTable, "cni_default_network",
            "The name of the CNI network that pods join. Empty: the first file of network_dir in lexical order.",
            c => TomlText.Quote(c.Network.DefaultNetwork),
            (c, v) => c with { Network = c.Network with { DefaultNetwork = v.Text() } }),
        new(NetworkTable, "network_dir",
            "The directory of CNI configurations, re-read when a file changes.",
            c => TomlText.Quote(c.Network.NetworkDirectory),
            (c, v) => c with { Network = c.Network with { NetworkDirectory = v.Path() } }),
        new(NetworkTable, "plugin_dirs",
            "Directories searched for CNI plugins, in this order.",
            c => TomlText.Array(c.Network.PluginDirectories),
            (c, v) => c with { Network = c.Network with { PluginDirectories = v.Paths() } }),
    ];
}
