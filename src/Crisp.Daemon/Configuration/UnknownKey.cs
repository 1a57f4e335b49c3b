namespace Crisp.Daemon.Configuration;

/// <summary>
/// What is said of a key that crisp does not act on. cri-o reads past keys that it does not know, and its files must
/// load here, so elsewhere such a key is a warning. <c>[crisp]</c> is ours alone: there it can only be a mistake, and
/// going on with a default (a state directory, say) would do harm, so it is refused.
/// </summary>
internal static class UnknownKey
{
    private const string HouseTable = "crisp";

    /// <summary>The key would be, or its table is, crisp's own.</summary>
    public static bool IsRefused(string table, string key) =>
        table == HouseTable || (table.Length == 0 && NearestName.Of(key, Siblings("")) == HouseTable);

    /// <param name="table">Where it stands, without a handler's name; empty for the top.</param>
    /// <param name="key">The last part of its name.</param>
    /// <param name="fullName">Its name as the file has it.</param>
    public static string Sentence(string table, string key, string fullName)
    {
        if (CriOKeys.Contains(table, key))
            return $"{fullName} has no effect in crisp";
        return Meant(table, key) is { } meant
            ? $"unknown key {fullName}; did you mean {meant}?"
            : $"unknown key {fullName}"
                + (table == HouseTable ? $"; [{HouseTable}] has {string.Join(", ", Siblings(table))}" : "");
    }

    /// <summary>
    /// A key of that name in another table, or one of a name like it in the same; in crisp's own the latter first,
    /// since cri-o calls some of what is there nearly so.
    /// </summary>
    private static string? Meant(string table, string key)
    {
        if (table == HouseTable && NearestName.Of(key, Siblings(table)) is { } own)
            return own;
        if (ConfigurationKeys.All.FirstOrDefault(known => known.Name == key) is { } elsewhere)
            return $"[{elsewhere.Table}] {key}";
        return NearestName.Of(key, Siblings(table)) is not { } near ? null : table.Length == 0 ? $"[{near}]" : near;
    }

    private static IEnumerable<string> Siblings(string table) => table switch
    {
        "" => ["crio", HouseTable],
        HandlerKeys.TablePrefix => HandlerKeys.All.Select(known => known.Name).Concat(CriOKeys.Of(table)),
        _ => ConfigurationKeys.All.Where(known => known.Table == table)
            .Select(known => known.Name).Concat(CriOKeys.Of(table)),
    };
}
