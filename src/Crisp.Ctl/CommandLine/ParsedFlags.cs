using System.Globalization;

namespace Crisp.Ctl.CommandLine;

/// <summary>
/// The options of one command line, checked; asking for one that was not declared is a mistake of ours.
/// </summary>
internal sealed class ParsedFlags
{
    private readonly Dictionary<string, Flag> _declared;
    private readonly Dictionary<string, List<string>> _values = [];

    internal ParsedFlags(IEnumerable<Flag> declared, Func<string, string?> environment)
    {
        _declared = declared.ToDictionary(flag => flag.Name);
        foreach (var flag in _declared.Values)
            if (flag.Environment.Select(environment).FirstOrDefault(value => !string.IsNullOrEmpty(value)) is { } value)
                _values[flag.Name] = [Checked(flag, value)];
    }

    /// <summary>Whether the verb declares it: for what several verbs share.</summary>
    internal bool Knows(string name) => _declared.ContainsKey(name);

    /// <summary>Given on the command line or by the environment.</summary>
    internal bool IsSet(string name) => _values.ContainsKey(Declared(name).Name);

    internal bool Switch(string name) => Last(name) == "true";

    internal string Text(string name) => Last(name) ?? "";

    internal IReadOnlyList<string> Texts(string name) =>
        _values.TryGetValue(Declared(name).Name, out var values) ? values : [];

    internal long Number(string name) => long.Parse(Last(name) ?? "0", CultureInfo.InvariantCulture);

    internal TimeSpan Duration(string name) =>
        GoDuration.TryParse(Last(name) ?? "0", out var duration) ? duration : TimeSpan.Zero;

    /// <summary>
    /// The command line outdoes the environment; of several the last one counts, unless the flag takes several.
    /// </summary>
    internal void Set(Flag flag, string value, bool first)
    {
        if (first || flag.Kind != FlagKind.Texts) _values[flag.Name] = [];
        _values[flag.Name].Add(Checked(flag, value));
    }

    private static string Checked(Flag flag, string value) => flag.Kind switch
    {
        FlagKind.Switch when !bool.TryParse(value, out _) =>
            throw new UsageException($"--{flag.Name} is true or false, not \"{value}\""),
        FlagKind.Switch => value.ToLowerInvariant(),
        FlagKind.Number when !long.TryParse(value, CultureInfo.InvariantCulture, out _) =>
            throw new UsageException($"--{flag.Name} takes a whole number, not \"{value}\""),
        FlagKind.Duration when !GoDuration.TryParse(value, out _) =>
            throw new UsageException($"--{flag.Name} takes a duration such as 10s or 1m30s, not \"{value}\""),
        _ => value,
    };

    private string? Last(string name) =>
        _values.TryGetValue(name, out var values) ? values[^1] : Declared(name).Default;

    private Flag Declared(string name) =>
        _declared.TryGetValue(name, out var flag) ? flag : throw new ArgumentException($"no flag --{name} is declared");
}
