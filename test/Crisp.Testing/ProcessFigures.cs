namespace Crisp.Testing;

/// <summary>What a process holds: descriptors, threads, and memory in kilobytes.</summary>
public sealed record ProcessFigures(int Descriptors, int Threads, long ResidentKilobytes, long PrivateDirtyKilobytes)
{
    /// <summary>Longer than a daemon keeps threads that have nothing to do, and garbage.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static ProcessFigures Of(int process)
    {
        string[] status = File.ReadAllLines($"/proc/{process}/status");
        string[] memory = File.ReadAllLines($"/proc/{process}/smaps_rollup");
        return new ProcessFigures(
            Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Count(),
            (int)Number(status, "Threads:"), Number(status, "VmRSS:"), Number(memory, "Private_Dirty:"));
    }

    /// <summary>Waits until a process holds no more descriptors than before.</summary>
    public Task ComesBackAsync(int process) => ComesBackAsync(process, int.MaxValue, int.MaxValue);

    /// <summary>
    /// Waits until a process holds no more descriptors than before, and at most so much more of the rest.
    /// </summary>
    public Task ComesBackAsync(int process, int moreThreads, long moreKilobytes) => Eventually.GetAsync(
        $"no more than {Descriptors} descriptors, {Threads} + {moreThreads} threads, {PrivateDirtyKilobytes} + {moreKilobytes} kB",
        () => Task.FromResult(Of(process)),
        now => now.Descriptors <= Descriptors
            && now.Threads - Threads <= moreThreads
            && now.PrivateDirtyKilobytes - PrivateDirtyKilobytes <= moreKilobytes,
        Patience);

    private static long Number(IEnumerable<string> lines, string name) =>
        long.Parse(lines.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..]
            .Replace("kB", "").Trim());
}
