namespace Crisp.Bench.Cases;

/// <summary>CPU time of processes, user and system, from /proc/PID/stat (proc(5)).</summary>
public static class ProcessTime
{
    private const double TicksPerSecond = 100;

    public static double SecondsOf(IEnumerable<int> pids) => pids.Sum(pid =>
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (double.Parse(fields[11]) + double.Parse(fields[12])) / TicksPerSecond;
    });
}
