using Runtime.V1;

namespace Crisp.Cri.Messages;

/// <summary>
/// Signal names and CRI's numbers for them. The names of the enum's values changed between versions of the API and are
/// not the kernel's, so both ways go by this table's order, which is the enum's.
/// </summary>
internal static class StopSignals
{
    private static readonly string[] Names =
    [
        "", "SIGABRT", "SIGALRM", "SIGBUS", "SIGCHLD", "SIGCLD", "SIGCONT", "SIGFPE", "SIGHUP", "SIGILL", "SIGINT",
        "SIGIO", "SIGIOT", "SIGKILL", "SIGPIPE", "SIGPOLL", "SIGPROF", "SIGPWR", "SIGQUIT", "SIGSEGV", "SIGSTKFLT",
        "SIGSTOP", "SIGSYS", "SIGTERM", "SIGTRAP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGUSR1", "SIGUSR2",
        "SIGVTALRM", "SIGWINCH", "SIGXCPU", "SIGXFSZ", "SIGRTMIN",
        .. Enumerable.Range(1, 15).Select(n => $"SIGRTMIN+{n}"),
        .. Enumerable.Range(1, 14).Select(n => $"SIGRTMAX-{15 - n}"),
        "SIGRTMAX",
    ];

    private static readonly Dictionary<string, Signal> ByName =
        Names.Select((name, number) => (name, (Signal)number)).ToDictionary(
            s => s.name, s => s.Item2, StringComparer.Ordinal);

    /// <summary>A signal that CRI has no number for (a plain number) is shown as the runtime's default.</summary>
    public static Signal FromName(string name) => ByName.GetValueOrDefault(name, Signal.RuntimeDefault);
}
