namespace Crisp.Bench.Cases;

/// <summary>What a process holds, from /proc/PID/smaps_rollup (proc(5)).</summary>
public sealed record ProcessMemory(double ResidentMegabytes, double ProportionalMegabytes, double PrivateDirtyMegabytes)
{
    public static ProcessMemory Of(int pid)
    {
        var fields = File.ReadLines($"/proc/{pid}/smaps_rollup")
            .Select(line => line.Split(':', StringSplitOptions.TrimEntries))
            .Where(parts => parts.Length == 2 && parts[1].EndsWith(" kB", StringComparison.Ordinal))
            .ToDictionary(parts => parts[0], parts => double.Parse(parts[1][..^3]) / 1024);
        return new ProcessMemory(fields["Rss"], fields["Pss"], fields["Private_Dirty"]);
    }

    /// <summary>The processes of a name whose command line mentions the peer's directory.</summary>
    public static IReadOnlyList<ProcessMemory> Named(string name, string directory) =>
        [.. PidsNamed(name, directory).Select(Of)];

    public static IReadOnlyList<int> PidsNamed(string name, string directory) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(process => int.TryParse(Path.GetFileName(process), out var pid) ? pid : 0)
            .Where(pid => pid > 0 && IsNamed(pid, name, directory))];

    private static bool IsNamed(int pid, string name, string directory)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/comm").StartsWith(name, StringComparison.Ordinal)
                && File.ReadAllText($"/proc/{pid}/cmdline").Contains(directory, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // it ended while we looked
        }
    }
}
