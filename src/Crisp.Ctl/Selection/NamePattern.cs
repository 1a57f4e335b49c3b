using System.Text.RegularExpressions;
using Crisp.Ctl.CommandLine;

namespace Crisp.Ctl.Selection;

/// <summary>A regular expression of the user's; an empty one matches everything.</summary>
internal sealed class NamePattern
{
    private readonly Regex? _pattern;

    internal NamePattern(string text)
    {
        try
        {
            _pattern = text.Length == 0
                ? null
                : new Regex(text, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"\"{text}\" is not a regular expression: {e.Message}");
        }
    }

    internal bool Matches(string name) => _pattern is null || _pattern.IsMatch(name);
}
