namespace Crisp.Daemon.CommandLine;

/// <summary>
/// Three verbs and four options do not need a library: this is read once, before the daemon does anything else.
/// </summary>
internal static class ArgumentParser
{
    public static Arguments Parse(IReadOnlyList<string> words)
    {
        var arguments = new Arguments { Command = words.Count == 0 ? Command.Help : Verb(words[0]) };
        for (var i = 1; i < words.Count; i++)
        {
            var (name, attached) = Split(words[i]);
            string Value() =>
                attached ?? (++i < words.Count ? words[i] : throw new UsageException($"{name} needs a value"));
            arguments = (arguments.Command, name) switch
            {
                (_, "--help" or "-h") => new Arguments { Command = Command.Help },
                (Command.Serve or Command.Config, "--config" or "-c") =>
                    arguments with { Sources = arguments.Sources with { File = Path.GetFullPath(Value()) } },
                (Command.Serve or Command.Config, "--config-dir" or "-d") =>
                    arguments with { Sources = arguments.Sources with { Directory = Path.GetFullPath(Value()) } },
                (Command.Serve or Command.Config, "--log-level") => arguments with { LogLevel = Value() },
                (Command.Config, "--default") => arguments with { DefaultsOnly = true },
                _ => throw new UsageException($"unknown option {words[i]}"),
            };
        }
        return arguments;
    }

    private static Command Verb(string word) => word switch
    {
        "serve" => Command.Serve,
        "config" => Command.Config,
        "version" or "--version" => Command.Version,
        "help" or "--help" or "-h" => Command.Help,
        _ => throw new UsageException($"unknown command {word}"),
    };

    /// <summary><c>--name=value</c> is <c>--name value</c>.</summary>
    private static (string Name, string? Attached) Split(string word)
    {
        var equals = word.StartsWith("--", StringComparison.Ordinal) ? word.IndexOf('=') : -1;
        return equals < 0 ? (word, null) : (word[..equals], word[(equals + 1)..]);
    }
}
