using System.Globalization;

namespace Crisp.Linux;

/// <summary>Signal numbers and names (signal(7)); the numbers are those of x86-64 and arm64.</summary>
public static class Signals
{
    public const int Hangup = 1;
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Pipe = 13;
    public const int Terminate = 15;
    public const int Child = 17;

    /// <summary>glibc keeps two real-time signals to itself: SIGRTMIN is 34.</summary>
    public const int RealTimeMinimum = 34;
    public const int RealTimeMaximum = 64;

    private static readonly string[] s_names =
    [
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS",
    ];

    /// <summary>
    /// The number of "SIGTERM", "term", "15", "SIGRTMIN+3" or "RTMAX-1"; null when there is no such signal.
    /// </summary>
    public static int? TryFromName(string name)
    {
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number is >= 1 and <= RealTimeMaximum ? number : null;
        var bare = name.StartsWith("SIG", StringComparison.OrdinalIgnoreCase) ? name[3..] : name;
        if (bare.StartsWith("RTM", StringComparison.OrdinalIgnoreCase))
            return RealTime(bare);
        if (bare.Length == 0)
            return null;
        var index = Array.FindIndex(s_names, known => known.Equals(bare, StringComparison.OrdinalIgnoreCase));
        if (index > 0)
            return index;
        return bare.ToUpperInvariant() switch { "POLL" => 29, "IOT" => 6, "CLD" => Child, "UNUSED" => 31, _ => null };
    }

    /// <summary>Like <see cref="TryFromName"/>; an unknown name is an <see cref="ArgumentException"/>.</summary>
    public static int FromName(string name) =>
        TryFromName(name) ?? throw new ArgumentException($"unknown signal \"{name}\"", nameof(name));

    /// <summary>"SIGTERM" for 15, "SIGRTMIN+3" for 37.</summary>
    public static string NameOf(int signal) => signal switch
    {
        >= 1 when signal < s_names.Length => "SIG" + s_names[signal],
        RealTimeMinimum => "SIGRTMIN",
        > RealTimeMinimum and <= RealTimeMaximum => $"SIGRTMIN+{signal - RealTimeMinimum}",
        _ => $"signal {signal}",
    };

    private static int? RealTime(string bare)
    {
        var fromMinimum = bare.StartsWith("RTMIN", StringComparison.OrdinalIgnoreCase);
        var fromMaximum = bare.StartsWith("RTMAX", StringComparison.OrdinalIgnoreCase);
        if (!fromMinimum && !fromMaximum)
            return null;
        var origin = fromMinimum ? RealTimeMinimum : RealTimeMaximum;
        if (bare.Length == 5)
            return origin;
        var sign = fromMinimum ? '+' : '-';
        if (bare[5] != sign
            || !int.TryParse(bare.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            return null;
        var number = fromMinimum ? origin + offset : origin - offset;
        return number is >= RealTimeMinimum and <= RealTimeMaximum ? number : null;
    }
}
