namespace Crisp.Testing;

/// <summary>What a process holds: descriptors, threads, and memory in kilobytes.</summary>
public sealed record ProcessFigures(int Descriptors, int Threads, long ResidentKilobytes)
{
    public static ProcessFigures Of(int process)
    {
        string[] status = File.ReadAllLines($"/proc/{process}/status");
        return new ProcessFigures(
            Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Count(), (int)Number("Threads:"), Number("VmRSS:"));

        long Number(string name) =>
            long.Parse(status.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "").Trim());
    }

    /// <summary>Waits until a process holds no more descriptors than before.</summary>
    public Task ComesBackAsync(int process) => Eventually.GetAsync(
        $"no more than {Descriptors} descriptors", () => Task.FromResult(Of(process)), now => now.Descriptors <= Descriptors);
}
