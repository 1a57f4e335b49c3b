using System.Collections.Frozen;

namespace Crisp.Daemon.Configuration;

/// <summary>
/// Every option that names a key of crio.conf. The name is the key's with dashes, but for those that cri-o calls
/// otherwise. Options of cri-o that crisp does not act on are here too, so that its command lines are understood.
/// </summary>
internal static class ConfigurationFlags
{
    private static readonly FrozenDictionary<string, string> OtherNames = new Dictionary<string, string>
    {
        ["crio.storage_option"] = "storage-opt",
        ["crio.runtime.log_to_journald"] = "log-journald",
        ["crio.network.network_dir"] = "cni-config-dir",
        ["crio.network.plugin_dirs"] = "cni-plugin-dir",
        ["crio.image.insecure_registries"] = "insecure-registry",
        ["crio.image.registries"] = "registry",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, char> Letters = new Dictionary<string, char>
    {
        ["log-level"] = 'l',
        ["root"] = 'r',
        ["storage-driver"] = 's',
    }.ToFrozenDictionary();

    /// <summary>Those of cri-o's switches that crisp has no key for.</summary>
    private static readonly FrozenSet<string> OtherSwitches = FrozenSet.Create(StringComparer.Ordinal,
        "add-inheritable-capabilities", "auto-reload-registries", "blockio-reload", "drop-infra-ctr", "enable-metrics",
        "enable-nri", "enable-profile-unix-socket", "enable-tracing", "internal-repair", "internal-wipe",
        "log-journald", "nri-disable-connections", "oci-artifact-mount-support", "profile");

    /// <summary>Options of cri-o for which no file has a key.</summary>
    private static readonly string[] WithoutKey =
        ["enable-profile-unix-socket", "log", "log-format", "profile", "profile-cpu", "profile-mem", "profile-port"];

    public static IReadOnlyList<ConfigurationFlag> All { get; } = [.. Make()];

    /// <param name="word">With its dashes: <c>--listen</c>, <c>-l</c>.</param>
    public static ConfigurationFlag? Find(string word) => word switch
    {
        ['-', '-', .. var name] => All.FirstOrDefault(flag => flag.Name == name),
        ['-', var letter] => All.FirstOrDefault(flag => flag.Letter == letter),
        _ => null,
    };

    private static IEnumerable<ConfigurationFlag> Make()
    {
        var defaults = new CrispConfiguration();
        foreach (var key in ConfigurationKeys.All.Where(key => key.Table.StartsWith("crio", StringComparison.Ordinal)))
            yield return Flag(key.Table, key.Name, isSwitch: key.Show(defaults) is "true" or "false");
        foreach (var (table, name) in CriOKeys.All.Where(key => key.Table != HandlerKeys.TablePrefix))
            yield return Flag(table, name, isSwitch: false);
        yield return new ConfigurationFlag("runtimes", HandlerKeys.TablePrefix, "");
        foreach (var name in WithoutKey)
            yield return new ConfigurationFlag(name, "", name) { IsSwitch = OtherSwitches.Contains(name) };
    }

    private static ConfigurationFlag Flag(string table, string key, bool isSwitch)
    {
        var name = OtherNames.GetValueOrDefault($"{table}.{key}", key.Replace('_', '-'));
        return new ConfigurationFlag(name, table, key)
        {
            Letter = Letters.TryGetValue(name, out var letter) ? letter : null,
            IsSwitch = isSwitch || OtherSwitches.Contains(name),
        };
    }
}
