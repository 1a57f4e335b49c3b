namespace Crisp.Node.Tests.Observation;

/// <summary>A node whose configuration has chosen some groups of metrics (included_pod_metrics).</summary>
[TestFixture("runc")]
public class ChosenMetricTests(string runtime) : NodeFixture(runtime)
{
    protected override NodeOptions Options => base.Options with
    {
        MoreSettings = """
            [crio.stats]
            included_pod_metrics = ["oom", "network"]
            """,
    };

    [Test]
    public async Task OnlyWhatWasChosen_IsDescribedAndSampled()
    {
        var pod = await RunPodAsync();
        await RunSleeperAsync(pod);

        var described =
            await Cri.Runtime.ListMetricDescriptorsAsync(new ListMetricDescriptorsRequest(), CriCalls.Options());
        var metrics =
            (await Cri.Runtime.ListPodSandboxMetricsAsync(new ListPodSandboxMetricsRequest(), CriCalls.Options()))
                .PodMetrics.Single();

        Assert.That(described.Descriptors.Select(d => d.Name)
            .Where(name => !name.StartsWith("container_network_", StringComparison.Ordinal)),
            Is.EquivalentTo(new[] { "container_last_seen", "container_oom_events_total" }));
        Assert.That(metrics.ContainerMetrics.Single().Metrics.Select(metric => metric.Name),
            Is.EquivalentTo(new[] { "container_last_seen", "container_oom_events_total" }));
        Assert.That(metrics.Metrics.Select(metric => metric.LabelValues[^1]), Is.All.EqualTo("eth0").And.Not.Empty);
    }
}
