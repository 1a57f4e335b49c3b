namespace Crisp.Daemon.CommandLine;

/// <summary>What follows the verb <c>status</c>.</summary>
/// <param name="What">What is asked for, as it was called; null where no word says it.</param>
/// <param name="Socket">Where the daemon listens; null: where its configuration says.</param>
/// <param name="Id">Of a container or pod.</param>
internal sealed record StatusWords(string? What, string? Socket, string? Id)
{
    private const string Scheme = "unix://";

    /// <exception cref="UsageException">A word that makes no sense there.</exception>
    public static StatusWords Read(IReadOnlyList<string> words)
    {
        string? what = null, socket = null, id = null;
        for (var i = 0; i < words.Count; i++)
        {
            var (name, attached) = words[i].StartsWith('-') && words[i].Split('=', 2) is [var left, var right]
                ? (left, right)
                : (words[i], null);
            string Value() =>
                attached ?? (++i < words.Count ? words[i] : throw new UsageException($"{name} needs a value"));
            switch (name)
            {
                case "--socket" or "-s":
                    socket = PathOf(Value());
                    break;
                case "--id" or "-i" when what is not null:
                    id = Value();
                    break;
                case ['-', ..]:
                    throw new UsageException(name is "--id" or "-i"
                        ? $"{name} stands behind what to ask for: status containers {name} ID"
                        : $"unknown option {words[i]}; status has --socket and --id");
                default:
                    what = what is null ? name : throw new UsageException($"{words[i]} is one word too many");
                    break;
            }
        }
        return new StatusWords(what, socket, id);
    }

    /// <summary>Clients of CRI write their endpoint as unix:///path.</summary>
    private static string PathOf(string endpoint) =>
        endpoint.StartsWith(Scheme, StringComparison.Ordinal) ? endpoint[Scheme.Length..] : endpoint;
}
