using System.Globalization;
using Crisp.Toml;

namespace Crisp.Daemon.Configuration;

/// <summary>
/// Lays options over a configuration. A list may be given as several options, or as one with commas; it takes the place
/// of what the files say.
/// </summary>
internal static class ConfigurationOptions
{
    /// <summary>What the environment has for them: CONTAINER_LOG_LEVEL for --log-level, and so on.</summary>
    /// <param name="variable">Gives a variable's value, or null.</param>
    public static IReadOnlyList<ConfigurationOption> OfEnvironment(Func<string, string?> variable) =>
    [
        .. from flag in ConfigurationFlags.All
           let text = variable(flag.Variable)
           where !string.IsNullOrEmpty(text)
           select new ConfigurationOption(flag, flag.Variable, text),
    ];

    public static CrispConfiguration ApplyTo(
        CrispConfiguration configuration, IReadOnlyList<ConfigurationOption> options, List<string> warnings)
    {
        foreach (var given in options.GroupBy(option => option.Flag))
        {
            // What the environment says of it comes first, and does not add to what was typed.
            var values = given.GroupBy(option => option.Origin == option.Flag.Variable).Last().ToList();
            configuration = Apply(configuration, values, warnings);
        }
        return configuration;
    }

    private static CrispConfiguration Apply(
        CrispConfiguration configuration, List<ConfigurationOption> values, List<string> warnings)
    {
        var (flag, origin, _) = values[^1];
        if (flag.Table == HandlerKeys.TablePrefix)
        {
            return values.SelectMany(value => value.Text.Split(',')).Aggregate(
                configuration, (so, text) => HandlerOption.ApplyTo(so, origin, text));
        }
        if (ConfigurationKeys.All.FirstOrDefault(k => k.Table == flag.Table && k.Name == flag.Key) is { } key)
        {
            var sort = Parse(key.Show(new CrispConfiguration()));
            return key.Apply(configuration, new ConfiguredValue("", origin, Value(sort, values)));
        }
        warnings.Add($"{origin} has no effect in crisp");
        return configuration;
    }

    /// <summary>
    /// The text as a value of the sort that the key has; as a string, which the key refuses, where it is none.
    /// </summary>
    private static TomlValue Value(TomlValue sort, List<ConfigurationOption> values)
    {
        var text = values[^1].Text;
        return Parse(sort switch
        {
            TomlArray => TomlText.Array(values.SelectMany(value => value.Text.Split(','))
                .Select(item => item.Trim()).Where(item => item.Length > 0)),
            TomlBoolean when text is "true" or "True" or "TRUE" or "t" or "T" or "1" => "true",
            TomlBoolean when text is "false" or "False" or "FALSE" or "f" or "F" or "0" => "false",
            TomlInteger when long.TryParse(
                text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
                number.ToString(CultureInfo.InvariantCulture),
            _ => TomlText.Quote(text),
        });
    }

    private static TomlValue Parse(string value) => TomlDocument.Parse($"value = {value}").Entries[0].Value;
}
