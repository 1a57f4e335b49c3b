namespace Crisp.Bench;

/// <summary>One line about where the figures come from.</summary>
public static class Machine
{
    public static string Describe()
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(
            line => line.StartsWith("model name", StringComparison.Ordinal));
        var kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        return $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores"
            + $" ({processor?.Split(':')[1].Trim() ?? "unknown processor"}), Linux {kernel}";
    }
}
