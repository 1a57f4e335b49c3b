using Crisp.Toml;

namespace Crisp.Daemon.Configuration;

/// <summary>
/// Lays one parsed file over a configuration, key by key. Wrong values are refused, and keys nobody knows as
/// <see cref="UnknownKey"/> says.
/// </summary>
internal sealed class ConfigurationFile(string path, List<string> warnings)
{
    public CrispConfiguration ApplyTo(CrispConfiguration configuration, TomlTable root)
    {
        foreach (var entry in root.Entries)
            configuration = ApplyEntry(configuration, "", entry);
        return configuration;
    }

    private CrispConfiguration ApplyEntry(CrispConfiguration configuration, string table, TomlEntry entry)
    {
        var name = table.Length == 0 ? entry.Key : $"{table}.{entry.Key}";
        if (name == HandlerKeys.TablePrefix)
            return ApplyHandlers(configuration, Table(name, entry));
        if (IsTable(name))
        {
            foreach (var child in Table(name, entry).Entries)
                configuration = ApplyEntry(configuration, name, child);
            return configuration;
        }
        var key = ConfigurationKeys.All.FirstOrDefault(k => k.Table == table && k.Name == entry.Key);
        if (key is not null)
            return key.Apply(configuration, new ConfiguredValue(path, name, entry.Value));
        TellUnknown(table, name, entry);
        return configuration;
    }

    private CrispConfiguration ApplyHandlers(CrispConfiguration configuration, TomlTable handlers)
    {
        var merged = new SortedDictionary<string, HandlerSettings>(StringComparer.Ordinal);
        foreach (var (name, settings) in configuration.Handlers)
            merged.Add(name, settings);
        foreach (var entry in handlers.Entries)
        {
            var table = $"{HandlerKeys.TablePrefix}.{TomlText.Key(entry.Key)}";
            if (!IsHandlerName(entry.Key))
            {
                throw new ConfigurationException(
                    $"{path} line {entry.Position.Line}: {table}: a handler's name has only letters, digits, '-', '_' and '.'");
            }
            var settings = merged.GetValueOrDefault(entry.Key, new HandlerSettings());
            merged[entry.Key] = ApplyHandler(settings, table, Table(table, entry));
        }
        return configuration with { Handlers = merged };
    }

    private HandlerSettings ApplyHandler(HandlerSettings settings, string table, TomlTable keys)
    {
        foreach (var entry in keys.Entries)
        {
            var key = HandlerKeys.All.FirstOrDefault(k => k.Name == entry.Key);
            if (key is not null)
                settings = key.Apply(settings, new ConfiguredValue(path, $"{table}.{entry.Key}", entry.Value));
            else
                TellUnknown(HandlerKeys.TablePrefix, $"{table}.{entry.Key}", entry);
        }
        return settings;
    }

    private TomlTable Table(string name, TomlEntry entry) =>
        entry.Value as TomlTable ?? throw new ConfiguredValue(path, name, entry.Value).Wanted("a table");

    private void TellUnknown(string table, string name, TomlEntry entry)
    {
        var sentence = $"{path} line {entry.Position.Line}: {UnknownKey.Sentence(table, entry.Key, name)}";
        if (UnknownKey.IsRefused(table, entry.Key))
            throw new ConfigurationException(sentence);
        warnings.Add(sentence);
    }

    private static bool IsTable(string name) =>
        name is "crio" || ConfigurationKeys.All.Any(k => k.Table == name) ||
        name is "crio.metrics" or "crio.tracing" or "crio.nri" or "crio.stats";

    /// <summary>The name becomes a directory, and kubelet's RuntimeClass spells handlers so.</summary>
    internal static bool IsHandlerName(string name) =>
        name is { Length: > 0 and <= 63 } and not ['.', ..] &&
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
