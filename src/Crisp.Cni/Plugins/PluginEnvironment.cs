using System.Collections;
using Crisp.Linux;

namespace Crisp.Cni.Plugins;

/// <summary>
/// What plugins inherit: the daemon's own environment, since some look for proxies or a kubeconfig there, without
/// what belongs to the daemon alone.
/// </summary>
internal static class PluginEnvironment
{
    private static readonly string[] DaemonsOwn = ["CNI_", "NOTIFY_SOCKET=", "LISTEN_", "WATCHDOG_", "INVOCATION_ID="];

    internal static IReadOnlyList<string> Inherited { get; } = Collect(Environment.GetEnvironmentVariables());

    private static List<string> Collect(IDictionary variables)
    {
        var entries = variables.Cast<DictionaryEntry>()
            .Select(entry => $"{entry.Key}={entry.Value}")
            .Where(entry => !DaemonsOwn.Any(own => entry.StartsWith(own, StringComparison.Ordinal)))
            .ToList();
        if (!entries.Any(entry => entry.StartsWith("PATH=", StringComparison.Ordinal)))
            entries.Add(SpawnRequest.DefaultPath);
        return entries;
    }
}
