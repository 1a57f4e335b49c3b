using Crisp.Cri.Messages;
using Crisp.Cri.Tests.Fakes;
using Crisp.Pods;
using Crisp.Pods.Metrics;

namespace Crisp.Cri.Tests.Messages;

public sealed class MetricMessagesTests
{
    private static readonly IPodMetrics Metrics = new FakeObservation();

    [Test]
    public async Task Sample_HasAValueForEachLabelOfItsDescriptor()
    {
        var descriptor = MetricMessages.Descriptor(Metrics.Descriptions[0]);
        var pod = MetricMessages.Metrics((await Metrics.ReadAsync([Snapshots.Pod("aa11", PodPhase.Ready)]))[0]);

        Assert.That(descriptor.LabelKeys,
            Is.EqualTo(new[] { "id", "name", "image", "namespace", "pod", "container", "interface" }));
        Assert.That(pod.Metrics[0].LabelValues, Is.EqualTo(
            new[] { "aa11", "k8s_POD_web_default_u1_2", "", "default", "web", "POD", "eth0" }));
        Assert.That(pod.ContainerMetrics[0].Metrics[0].LabelValues, Is.EqualTo(
            new[] { "cc22", "k8s_main_web_default_u1_1", "registry/app:1", "default", "web", "main", "x" }));
        Assert.That(pod.Metrics[0].Value.Value, Is.EqualTo(10));
    }
}
