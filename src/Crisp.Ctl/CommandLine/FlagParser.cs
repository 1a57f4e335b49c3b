namespace Crisp.Ctl.CommandLine;

/// <summary>
/// Splits a command line into options and arguments: "--name value", "--name=value", "-n value", "-n=value" and, for
/// switches, letters in one word ("-aq"). "--" ends the options.
/// </summary>
internal sealed class FlagParser
{
    private readonly IReadOnlyList<Flag> _flags;
    private readonly ParsedFlags _parsed;
    private readonly HashSet<string> _seen = [];
    private readonly Queue<string> _words;

    private FlagParser(IReadOnlyList<Flag> flags, IEnumerable<string> words, Func<string, string?> environment)
    {
        _flags = flags;
        _parsed = new ParsedFlags(flags, environment);
        _words = new Queue<string>(words);
    }

    /// <param name="flags">The options there are.</param>
    /// <param name="words">The command line.</param>
    /// <param name="stopAtArgument">
    /// What follows the first argument is all arguments: options of a command to be run are not ours.
    /// </param>
    /// <param name="environment">For options that can be given there.</param>
    internal static (ParsedFlags Flags, IReadOnlyList<string> Arguments) Parse(
        IReadOnlyList<Flag> flags, IEnumerable<string> words, bool stopAtArgument, Func<string, string?> environment)
    {
        var parser = new FlagParser(flags, words, environment);
        return (parser._parsed, parser.ReadAll(stopAtArgument));
    }

    private List<string> ReadAll(bool stopAtArgument)
    {
        var arguments = new List<string>();
        while (_words.TryDequeue(out var word))
        {
            if (word == "--" || (stopAtArgument && !IsOption(word)))
            {
                if (word != "--") arguments.Add(word);
                arguments.AddRange(_words);
                break;
            }

            if (!IsOption(word)) arguments.Add(word);
            else if (word.StartsWith("--", StringComparison.Ordinal)) ReadLong(word[2..]);
            else ReadLetters(word[1..]);
        }

        return arguments;
    }

    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-';

    private void ReadLong(string text)
    {
        var (name, value) = SplitValue(text);
        Set(_flags.FirstOrDefault(flag => flag.Name == name) ?? throw Unknown($"--{name}"), value);
    }

    private void ReadLetters(string text)
    {
        var (letters, value) = SplitValue(text);
        for (var i = 0; i < letters.Length; i++)
        {
            var flag = _flags.FirstOrDefault(flag => flag.Letter == letters[i]) ?? throw Unknown($"-{letters[i]}");
            var last = i == letters.Length - 1;
            if (last) Set(flag, value);
            else if (flag.Kind == FlagKind.Switch) Set(flag, "true");
            else throw new UsageException($"-{letters[i]} takes a value and must be the last letter of \"-{text}\"");
        }
    }

    private void Set(Flag flag, string? value)
    {
        if (value is null && flag.Kind == FlagKind.Switch) value = "true";
        if (value is null && !_words.TryDequeue(out value)) throw new UsageException($"--{flag.Name} needs a value");
        _parsed.Set(flag, value, _seen.Add(flag.Name));
    }

    private static (string Name, string? Value) SplitValue(string text)
    {
        var equals = text.IndexOf('=');
        return equals < 0 ? (text, null) : (text[..equals], text[(equals + 1)..]);
    }

    private static UsageException Unknown(string option) => new($"there is no option {option}");
}
