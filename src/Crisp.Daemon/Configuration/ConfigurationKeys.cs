using Crisp.Toml;
using Key = Crisp.Daemon.Configuration.ConfigurationKey<Crisp.Daemon.Configuration.CrispConfiguration>;

namespace Crisp.Daemon.Configuration;

/// <summary>Every key that crisp honours, in the order of the file; a table's keys are in a file of its own.</summary>
internal static partial class ConfigurationKeys
{
    public static IReadOnlyList<Key> All { get; } = [.. Root,
        .. Api, .. Runtime, .. Image, .. Network, .. Stats, .. House];

    private static string Show(TimeSpan seconds) => ((long)seconds.TotalSeconds).ToString();

    private static string Show<T>(IReadOnlyDictionary<string, T> choices, T value) =>
        TomlText.Quote(choices.First(c => Equals(c.Value, value)).Key);
}
