using Crisp.Daemon.Configuration;

namespace Crisp.Daemon.CommandLine;

/// <summary>
/// The command line as cri-o has it: options stand before or behind the verb, every key of the configuration is one
/// (<see cref="ConfigurationFlags"/>), and without a verb the daemon is what is meant.
/// </summary>
internal static class ArgumentParser
{
    /// <summary>Options that are no keys of the configuration.</summary>
    private static readonly string[] OwnNames =
        ["--help", "--version", "--config", "--config-dir", "--default", "--json", "--verbose"];

    /// <param name="words">What follows the program's name.</param>
    /// <param name="program">The name it was called by; as <c>crio</c>, it needs no word at all to serve.</param>
    public static Arguments Parse(IReadOnlyList<string> words, string program = "crisp")
    {
        var sources = program == ConfigurationSources.CriO ? ConfigurationSources.OfCriO : new ConfigurationSources();
        Command? verb = null;
        var defaultsOnly = false;
        var asJson = false;
        var options = new List<ConfigurationOption>();
        for (var i = 0; i < words.Count; i++)
        {
            var (name, attached) = Split(words[i]);
            string Value() =>
                attached ?? (++i < words.Count ? words[i] : throw new UsageException($"{name} needs a value"));
            switch (name)
            {
                case "--help" or "-h" or "help":
                    return new Arguments { Command = Command.Help };
                case "--version" or "-v" when verb is null:
                    return new Arguments { Command = Command.Version };
                case "--config" or "-c":
                    sources = sources with { File = Absolute(Value()) };
                    break;
                case "--config-dir" or "-d":
                    sources = sources with { Directory = Absolute(Value()) };
                    break;
                case "--default" when verb == Command.Config:
                    defaultsOnly = true;
                    break;
                case "--json" or "-j" when verb == Command.Version:
                    asJson = true;
                    break;
                case "--verbose" or "-v" when verb == Command.Version:
                    break; // all there is to say is said
                case "status" when verb is null:
                    return new Arguments
                    {
                        Command = words.Skip(i).Any(word => word is "--help" or "-h") ? Command.Help : Command.Status,
                        Sources = sources,
                        Options = options,
                        StatusWords = [.. words.Skip(i + 1)],
                    };
                case ['-', _, ..]:
                    var flag = ConfigurationFlags.Find(name) ?? throw Unknown(words[i], name);
                    options.Add(new ConfigurationOption(
                        flag, name, flag.IsSwitch ? attached ?? "true" : Value()));
                    break;
                default:
                    verb = verb is null
                        ? Verb(words[i])
                        : throw new UsageException($"{words[i]} is one word too many; options begin with a dash");
                    break;
            }
        }
        if (verb == Command.Version && (options.Count > 0 || sources.IsChosen))
            throw new UsageException("version takes no options");
        return new Arguments
        {
            Command = verb ?? (words.Count > 0 || program == ConfigurationSources.CriO ? Command.Serve : Command.Help),
            Sources = sources,
            Options = options,
            DefaultsOnly = defaultsOnly,
            AsJson = asJson,
        };
    }

    private static Command Verb(string word) => word switch
    {
        "serve" => Command.Serve,
        "config" => Command.Config,
        "version" => Command.Version,
        _ => throw new UsageException($"unknown command {word}"),
    };

    /// <param name="word">As it was typed.</param>
    /// <param name="name">Without a value behind it.</param>
    private static UsageException Unknown(string word, string name)
    {
        var known = ConfigurationFlags.All.Select(flag => $"--{flag.Name}").Concat(OwnNames).ToList();
        var meant = known.Contains(name) ? null : NearestName.Of(name, known); // those that other verbs have
        return new UsageException($"unknown option {word}" + (meant is null ? "" : $"; did you mean {meant}?"));
    }

    /// <summary>An empty name stays empty: no such file or directory is read.</summary>
    private static string Absolute(string path) => path.Length == 0 ? "" : Path.GetFullPath(path);

    /// <summary><c>--name=value</c> is <c>--name value</c>.</summary>
    private static (string Name, string? Attached) Split(string word)
    {
        var equals = word.StartsWith('-') ? word.IndexOf('=') : -1;
        return equals < 0 ? (word, null) : (word[..equals], word[(equals + 1)..]);
    }
}
