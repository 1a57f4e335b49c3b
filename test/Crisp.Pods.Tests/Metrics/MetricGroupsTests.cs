using Crisp.Pods.Metrics;

namespace Crisp.Pods.Tests.Metrics;

public sealed class MetricGroupsTests
{
    private static readonly Dictionary<string, string> V2 = new()
    {
        ["cpu.stat"] = "usage_usec 5000000\nuser_usec 4000000\nsystem_usec 1000000\nnr_periods 7\nnr_throttled 3\nthrottled_usec 2000000\n",
        ["memory.current"] = "10000\n",
        ["memory.peak"] = "20000\n",
        ["memory.stat"] = "anon 3000\nfile 6000\nkernel 500\nfile_mapped 40\ninactive_file 4000\npgfault 11\npgmajfault 2\n",
        ["memory.events"] = "low 0\nhigh 0\nmax 4\noom 1\noom_kill 1\n",
        ["memory.swap.current"] = "500\n",
        ["io.pressure"] = "some avg10=0.00 avg60=0.00 avg300=0.00 total=2000000\n",
        ["cpu.pressure"] = "some avg10=0.00 avg60=0.00 avg300=0.00 total=3000000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=1000000\n",
    };

    [Test]
    public void Names_AreCrios() => Assert.That(MetricGroups.Names, Is.EquivalentTo(
        new[] { "cpu", "disk", "diskIO", "hugetlb", "memory", "network", "oom", "pressure", "process", "spec" }));

    [TestCase("container_cpu_usage_seconds_total", 5)]
    [TestCase("container_cpu_user_seconds_total", 4)]
    [TestCase("container_cpu_system_seconds_total", 1)]
    [TestCase("container_cpu_cfs_periods_total", 7)]
    [TestCase("container_cpu_cfs_throttled_periods_total", 3)]
    [TestCase("container_cpu_cfs_throttled_seconds_total", 2)]
    [TestCase("container_memory_usage_bytes", 10000)]
    [TestCase("container_memory_max_usage_bytes", 20000)]
    [TestCase("container_memory_working_set_bytes", 6000)]
    [TestCase("container_memory_cache", 6000)]
    [TestCase("container_memory_rss", 3000)]
    [TestCase("container_memory_kernel_usage", 500)]
    [TestCase("container_memory_mapped_file", 40)]
    [TestCase("container_memory_swap", 500)]
    [TestCase("container_memory_failcnt", 4)]
    [TestCase("container_oom_events_total", 1)]
    [TestCase("container_pressure_cpu_waiting_seconds_total", 3)]
    [TestCase("container_pressure_cpu_stalled_seconds_total", 1)]
    [TestCase("container_pressure_io_waiting_seconds_total", 2)]
    [TestCase("container_pressure_io_stalled_seconds_total", 0)]
    public void Unified_Reads(string name, int value) => Assert.That(Sample(name).Value, Is.EqualTo((ulong)value));

    [Test]
    public void EverySample_HasAValueForEachOfItsMetricsLabels() => Assert.That(
        Samples().Where(sample => sample.Labels.Count != sample.Metric.Labels.Count), Is.Empty);

    [Test]
    public void NotChosen_IsNotDescribed() => Assert.That(
        MetricGroups.Chosen(["oom"]).SelectMany(group => group.Metrics).Select(metric => metric.Name),
        Is.EqualTo(new[] { "container_last_seen", "container_oom_events_total" }));

    private static MetricSample Sample(string name) => Samples().Single(sample => sample.Metric.Name == name);

    private static MetricSample[] Samples()
    {
        var source = new MetricSource(
            null!, isUnified: true, (_, file) => V2.GetValueOrDefault(file)); // these groups look at no container
        return [.. MetricGroups.Chosen(["cpu", "memory", "oom", "pressure"]).SelectMany(group => group.Read(source))];
    }
}
