namespace Crisp.Pods.Metrics;

/// <summary>
/// What a container's tasks (threads) are doing, by the letter in /proc/PID/task/TID/stat (proc(5)). Who waits for a
/// disk is uninterruptible; /proc does not tell it apart.
/// </summary>
internal sealed record TaskStates
{
    internal ulong Sleeping { get; private init; }

    internal ulong Running { get; private init; }

    internal ulong Stopped { get; private init; }

    internal ulong Uninterruptible { get; private init; }

    /// <summary>Of at most that many tasks: a container can have as many as the kernel allows.</summary>
    internal static TaskStates Of(IEnumerable<int> pids, int most) =>
        pids.SelectMany(Letters).Take(most).Aggregate(new TaskStates(), (states, letter) => states.With(letter));

    /// <summary>In cAdvisor's words.</summary>
    internal IEnumerable<(string State, ulong Count)> ByName() =>
        [("sleeping", Sleeping), ("running", Running), ("stopped", Stopped), ("uninterruptible", Uninterruptible)];

    /// <summary>The letter is the first field after the name, which may hold spaces and brackets.</summary>
    internal static char? LetterOf(string stat) =>
        stat.LastIndexOf(')') is var end and >= 0 && end + 2 < stat.Length ? stat[end + 2] : null;

    internal TaskStates With(char letter) => letter switch
    {
        'R' => this with { Running = Running + 1 },
        'S' or 'I' => this with { Sleeping = Sleeping + 1 },
        'D' => this with { Uninterruptible = Uninterruptible + 1 },
        'T' or 't' => this with { Stopped = Stopped + 1 },
        _ => this, // dead, or about to be
    };

    /// <summary>Read one by one, as long as more are wanted.</summary>
    private static IEnumerable<char> Letters(int pid) => TasksOf(pid).Select(LetterAt).OfType<char>();

    private static string[] TasksOf(int pid)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{pid}/task");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // it has ended
        }
    }

    private static char? LetterAt(string task)
    {
        try
        {
            return LetterOf(File.ReadAllText(task + "/stat"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended
        }
    }
}
