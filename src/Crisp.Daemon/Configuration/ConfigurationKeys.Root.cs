using Crisp.Toml;
using Key = Crisp.Daemon.Configuration.ConfigurationKey<Crisp.Daemon.Configuration.CrispConfiguration>;

namespace Crisp.Daemon.Configuration;

internal static partial class ConfigurationKeys
{
    private const string RootTable = "crio";

    private static Key[] Root =>
    [
        new(RootTable, "log_dir",
            "Where the logs of pods go whose request names no directory; each pod's are removed with it. Empty: "
            + "such a container's output is dropped.",
            c => TomlText.Quote(c.LogDirectory),
            (c, v) => c with { LogDirectory = v.PathOrEmpty() }),
    ];
}
