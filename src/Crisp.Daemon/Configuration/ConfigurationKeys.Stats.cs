using Crisp.Pods.Metrics;
using Crisp.Toml;
using Key = Crisp.Daemon.Configuration.ConfigurationKey<Crisp.Daemon.Configuration.CrispConfiguration>;

namespace Crisp.Daemon.Configuration;

internal static partial class ConfigurationKeys
{
    private const string AllMetrics = "all";

    private static Key[] Stats =>
    [
        new("crio.stats", "included_pod_metrics",
            $"Groups of metrics that ListPodSandboxMetrics has: {string.Join(", ", MetricGroups.Names)}, or \"all\".",
            c => TomlText.Array(c.Stats.PodMetrics),
            (c, v) => c with { Stats = c.Stats with { PodMetrics = Groups(v) } }),
    ];

    private static IReadOnlyList<string> Groups(ConfiguredValue value)
    {
        var names = value.Texts();
        if (names.Contains(AllMetrics))
            return MetricGroups.Names;
        foreach (var name in names)
        {
            if (!MetricGroups.Names.Contains(name))
                throw value.Refused(
                    $"names \"{name}\", which is none of {string.Join(", ", MetricGroups.Names)} or \"{AllMetrics}\"");
        }
        return names;
    }
}
