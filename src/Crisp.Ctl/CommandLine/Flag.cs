namespace Crisp.Ctl.CommandLine;

/// <summary>One option of a verb, by crictl's name.</summary>
internal sealed record Flag(string Name, FlagKind Kind, string Summary)
{
    /// <summary>The one-letter form, without its dash.</summary>
    public char? Letter { get; init; }

    /// <summary>What holds when it is not given.</summary>
    public string? Default { get; init; }

    /// <summary>
    /// Environment variables that give the value when the command line does not; the first that is set counts.
    /// </summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    internal static Flag Switch(string name, char? letter, string summary) =>
        new(name, FlagKind.Switch, summary) { Letter = letter };

    internal static Flag Text(string name, char? letter, string summary) =>
        new(name, FlagKind.Text, summary) { Letter = letter };

    internal static Flag Texts(string name, char? letter, string summary) =>
        new(name, FlagKind.Texts, summary) { Letter = letter };

    internal static Flag Number(string name, char? letter, string summary) =>
        new(name, FlagKind.Number, summary) { Letter = letter };

    internal static Flag Duration(string name, char? letter, string summary) =>
        new(name, FlagKind.Duration, summary) { Letter = letter };
}
