using Crisp.Toml;
using Key = Crisp.Daemon.Configuration.ConfigurationKey<Crisp.Daemon.Configuration.CrispConfiguration>;

namespace Crisp.Daemon.Configuration;

internal static partial class ConfigurationKeys
{
    private const string RootTable = "crio";

    private const string Subdirectory = "crisp";

    private static Key[] Root =>
    [
        new(RootTable, "root",
            "Where cri-o has its images and containers. Where it is set, what [crisp] root holds lies in its subdirectory "
            + "crisp instead, beside what podman may have there.",
            c => TomlText.Quote(c.StorageRoot),
            (c, v) => v.PathOrEmpty() is { Length: > 0 } root
                ? c with { StorageRoot = root, House = c.House with { Root = $"{root}/{Subdirectory}" } }
                : c),
        new(RootTable, "runroot",
            "The same for what a reboot takes away, and for [crisp] run_root.",
            c => TomlText.Quote(c.StorageRunRoot),
            (c, v) => v.PathOrEmpty() is { Length: > 0 } root
                ? c with { StorageRunRoot = root, House = c.House with { RunRoot = RunRootBeneath(v) } }
                : c),
        new(RootTable, "log_dir",
            "Where the logs of pods go whose request names no directory; each pod's are removed with it. Empty: "
            + "such a container's output is dropped.",
            c => TomlText.Quote(c.LogDirectory),
            (c, v) => c with { LogDirectory = v.PathOrEmpty() }),
    ];

    private static string RunRootBeneath(ConfiguredValue root) =>
        $"{root.Path(MaxRunRootBytes - Subdirectory.Length - 1)}/{Subdirectory}";
}
