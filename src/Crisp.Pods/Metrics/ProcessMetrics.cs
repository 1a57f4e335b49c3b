using Crisp.Linux;

namespace Crisp.Pods.Metrics;

/// <summary>Processes, threads, and what they have open.</summary>
internal sealed class ProcessMetrics : IContainerMetrics
{
    /// <summary>Processes whose descriptors are counted: a container can have as many as the kernel allows.</summary>
    private const int MostProcesses = 1024;

    private const string OpenFiles = "Max open files";

    private static readonly Metric Descriptors = Metric.Gauge(
        "container_file_descriptors", "Number of open file descriptors for the container.");
    private static readonly Metric Processes = Metric.Gauge(
        "container_processes", "Number of processes running inside the container.");
    private static readonly Metric Sockets = Metric.Gauge(
        "container_sockets", "Number of open sockets for the container.");
    private static readonly Metric Threads = Metric.Gauge(
        "container_threads", "Number of threads running inside the container");
    private static readonly Metric ThreadsMax = Metric.Gauge(
        "container_threads_max", "Maximum number of threads allowed inside the container, infinity if value is zero");
    private static readonly Metric States = Metric.Gauge(
        "container_tasks_state", "Number of tasks in given state", "state");
    private static readonly Metric Load = Metric.Gauge("container_cpu_load_average_10s",
        "Tasks that have or want a processor, in thousandths, at the moment of the reading.");
    private static readonly Metric SoftLimits = Metric.Gauge("container_ulimits_soft",
        "Soft ulimit values for the container root process. Unlimited if -1, except priority and nice", "ulimit");

    public IReadOnlyList<Metric> Metrics { get; } =
        [Descriptors, Processes, Sockets, Threads, ThreadsMax, States, Load, SoftLimits];

    public IEnumerable<MetricSample> Read(MetricSource source)
    {
        var pids = Cgroups.Processes(source.Container.CgroupPath);
        ulong descriptors = 0;
        ulong sockets = 0;
        foreach (var target in pids.Take(MostProcesses).SelectMany(OpenTargets))
        {
            descriptors++;
            if (target.StartsWith("socket:", StringComparison.Ordinal))
                sockets++;
        }

        yield return Descriptors.Of(descriptors);
        yield return Sockets.Of(sockets);
        yield return Processes.Of((ulong)pids.Count);
        yield return Threads.Of(source.Number("pids", "pids.current"));
        yield return ThreadsMax.Of(source.Number("pids", "pids.max"));
        var tasks = TaskStates.Of(pids, MostProcesses);
        foreach (var (state, count) in tasks.ByName())
            yield return States.Of(count, state);
        yield return Load.Of(tasks.Running * 1000);
        if (source.Container.Pid is { } pid && OpenFilesLimit(pid) is { } limit)
            yield return SoftLimits.Of(limit, "max_open_files");
    }

    private static string[] OpenTargets(int pid)
    {
        try
        {
            return [.. Directory.EnumerateFiles($"/proc/{pid}/fd").Select(path => new FileInfo(path).LinkTarget ?? "")];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // it has ended
        }
    }

    /// <summary>"Max open files     1024     524288     files"; null when it is unlimited.</summary>
    private static ulong? OpenFilesLimit(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/limits").FirstOrDefault(
                text => text.StartsWith(OpenFiles, StringComparison.Ordinal));
            var soft = line?[OpenFiles.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
            return ulong.TryParse(soft, out var limit) ? limit : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
