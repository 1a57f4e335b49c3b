using Grpc.Core;

namespace Crisp.Node.Tests.Observation;

/// <summary>
/// ListMetricDescriptors, ListPodSandboxMetrics and its stream, as the conformance suite asks for them.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class MetricTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task EveryDescribedMetric_HasSamplesWithAValueForEachLabel()
    {
        var descriptors = await DescriptorsAsync();
        var pod = await RunPodAsync();
        await RunSleeperAsync(pod); // no limits, no transfers: zeros are samples, too

        var samples = await SamplesAsync(pod.Id);

        var byName = descriptors.ToDictionary(descriptor => descriptor.Name);
        Assert.Multiple(() =>
        {
            Assert.That(
                descriptors, Has.All.Matches<MetricDescriptor>(d => d.Help.Length > 0 && d.LabelKeys.Count > 0));
            Assert.That(byName.Keys, Is.SupersetOf(new[]
            {
                "container_cpu_usage_seconds_total", "container_memory_working_set_bytes",
                "container_network_receive_bytes_total",
                "container_fs_usage_bytes", "container_last_seen", "container_start_time_seconds",
                "container_oom_events_total",
                "container_processes", "container_threads", "container_sockets", "container_spec_memory_limit_bytes",
            }));
            Assert.That(
                byName.Keys.Except(samples.Select(sample => sample.Name)), Is.Empty, "described, and without a sample");
            Assert.That(
                samples.Where(sample => sample.LabelValues.Count != byName[sample.Name].LabelKeys.Count), Is.Empty);
        });
    }

    [Test]
    public async Task Values_AreTheContainersOwn()
    {
        var pod = await RunPlainPodAsync();
        var small = await RunAsync(
            pod, Container(pod, "sleep", "1000").With(container => container.Metadata.Name = "small"));
        var large = await RunAsync(pod, Container(
            pod, "sh", "-c", "x=$(head -c 33554432 /dev/zero | tr '\\0' x); sleep 1000 & sleep 1000 & echo held; wait")
            .With(container =>
            {
                container.Metadata.Name = "large";
                container.LogPath = "large/0.log";
                container.Linux.Resources.MemoryLimitInBytes = 256 << 20;
            }));
        await (await Cri.LogAsync(large)).WaitForAsync("held");

        // The kernel adds up memory.stat every two seconds only.
        var metrics = await Eventually.GetAsync(
            "the memory is counted", () => MetricsAsync(pod.Id),
            found => Value(found, large, "container_memory_rss") > 32UL << 20);

        Assert.Multiple(() =>
        {
            Assert.That(Value(metrics, small, "container_memory_rss"), Is.LessThan(8UL << 20));
            Assert.That(Value(metrics, large, "container_spec_memory_limit_bytes"), Is.EqualTo(256UL << 20));
            Assert.That(Value(metrics, small, "container_spec_memory_limit_bytes"), Is.EqualTo(128UL << 20));
            Assert.That(Value(metrics, large, "container_processes"), Is.EqualTo(3));
            Assert.That(Value(metrics, small, "container_processes"), Is.EqualTo(1));
            Assert.That(Sample(metrics, small, "container_processes").LabelValues.Skip(3), Is.EqualTo(
                new[] { pod.Config.Metadata.Namespace, pod.Config.Metadata.Name, "small" }));
        });
    }

    [Test]
    public async Task Tasks_AreCountedByWhatTheyDo()
    {
        var pod = await RunPlainPodAsync();
        var busy = await RunAsync(
            pod, Container(pod, "sh", "-c", "sleep 1000 & while :; do :; done")
                .With(container => container.Metadata.Name = "busy"));

        // The shell may be waiting for its child to be made at any one reading.
        var metrics = await Eventually.GetAsync(
            "a task runs and one sleeps", () => MetricsAsync(pod.Id),
            found => InState(found, busy, "running") == 1 && InState(found, busy, "sleeping") == 1);

        Assert.That(InState(metrics, busy, "stopped"), Is.Zero);
        Assert.That(Value(metrics, busy, "container_cpu_load_average_10s"), Is.EqualTo(1000));
    }

    [Test]
    public async Task Stream_HasThePodsOfTheList()
    {
        var first = await RunPlainPodAsync();
        var second = await RunPlainPodAsync();
        await Cri.StopPodAsync(second.Id);

        List<string> ids = [];
        using var call = Cri.Runtime.StreamPodSandboxMetrics(new StreamPodSandboxMetricsRequest(), CriCalls.Options());
        await foreach (var chunk in call.ResponseStream.ReadAllAsync())
            ids.AddRange(chunk.PodSandboxMetrics.Select(pod => pod.PodSandboxId));

        Assert.That(ids, Is.EqualTo(new[] { first.Id }));
    }

    private static Metric Sample(PodSandboxMetrics pod, string container, string name) =>
        pod.ContainerMetrics.Single(metrics => metrics.ContainerId == container)
            .Metrics.Single(metric => metric.Name == name);

    private static ulong InState(PodSandboxMetrics pod, string container, string state) =>
        pod.ContainerMetrics.Single(metrics => metrics.ContainerId == container)
            .Metrics.Single(metric => metric.Name == "container_tasks_state" && metric.LabelValues.Contains(state))
            .Value.Value;

    private static ulong Value(PodSandboxMetrics pod, string container, string name) =>
        Sample(pod, container, name).Value.Value;

    private async Task<IReadOnlyList<MetricDescriptor>> DescriptorsAsync() =>
        (await Cri.Runtime.ListMetricDescriptorsAsync(new ListMetricDescriptorsRequest(), CriCalls.Options()))
            .Descriptors;

    private async Task<PodSandboxMetrics> MetricsAsync(string podId) =>
        (await Cri.Runtime.ListPodSandboxMetricsAsync(new ListPodSandboxMetricsRequest(), CriCalls.Options()))
            .PodMetrics.Single(pod => pod.PodSandboxId == podId);

    private async Task<List<Metric>> SamplesAsync(string podId)
    {
        var pod = await MetricsAsync(podId);
        return [.. pod.Metrics, .. pod.ContainerMetrics.SelectMany(container => container.Metrics)];
    }
}
