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
    public static IEnumerable<ProcessMemory> Named(string name, string directory)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(p => int.TryParse(Path.GetFileName(p), out _)))
        {
            ProcessMemory? memory = null;
            try
            {
                var isOne = File.ReadAllText(Path.Combine(process, "comm")).StartsWith(name, StringComparison.Ordinal)
                    && File.ReadAllText(Path.Combine(process, "cmdline")).Contains(directory, StringComparison.Ordinal);
                if (isOne)
                    memory = Of(int.Parse(Path.GetFileName(process)));
            }
            catch (IOException)
            {
                // It ended while we looked.
            }

            if (memory is not null)
                yield return memory;
        }
    }
}
