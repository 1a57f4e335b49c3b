using System.Globalization;

namespace Crisp.Pods;

/// <summary>The daemon's own resource limits, from /proc/self/limits (proc(5)).</summary>
internal static class ResourceLimits
{
    private static readonly (string Title, string Name)[] Names =
    [
        ("Max cpu time", "RLIMIT_CPU"), ("Max file size", "RLIMIT_FSIZE"), ("Max data size", "RLIMIT_DATA"),
        ("Max stack size", "RLIMIT_STACK"), ("Max core file size", "RLIMIT_CORE"), ("Max resident set", "RLIMIT_RSS"),
        ("Max processes", "RLIMIT_NPROC"), ("Max open files", "RLIMIT_NOFILE"), ("Max locked memory", "RLIMIT_MEMLOCK"),
        ("Max address space", "RLIMIT_AS"),
        ("Max file locks", "RLIMIT_LOCKS"), ("Max pending signals", "RLIMIT_SIGPENDING"),
        ("Max msgqueue size", "RLIMIT_MSGQUEUE"), ("Max nice priority", "RLIMIT_NICE"),
        ("Max realtime priority", "RLIMIT_RTPRIO"), ("Max realtime timeout", "RLIMIT_RTTIME"),
    ];

    internal static IReadOnlyDictionary<string, ulong> ReadHard() => ParseHard(File.ReadAllText("/proc/self/limits"));

    /// <summary>"Max open files     1024     524288     files": soft, hard, unit.</summary>
    internal static IReadOnlyDictionary<string, ulong> ParseHard(string limits)
    {
        var hard = new Dictionary<string, ulong>(StringComparer.Ordinal);
        foreach (var line in limits.Split('\n'))
        {
            var (title, name) = Array.Find(Names, known => line.StartsWith(known.Title, StringComparison.Ordinal));
            string[] values = name is null
                ? []
                : line[title.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (values.Length >= 2)
                hard[name!] = values[1] == "unlimited"
                    ? ulong.MaxValue
                    : ulong.Parse(values[1], CultureInfo.InvariantCulture); // values are empty without it
        }

        return hard;
    }
}
