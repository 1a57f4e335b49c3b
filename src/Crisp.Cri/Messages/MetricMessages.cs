using Crisp.Pods;
using Crisp.Pods.Metrics;
using Runtime.V1;
using Metric = Runtime.V1.Metric;

namespace Crisp.Cri.Messages;

/// <summary>
/// Metrics as CRI tells them. Every sample says whose it is by the same labels, which kubelet passes on unchanged; the
/// names are those of /metrics/cadvisor.
/// </summary>
internal static class MetricMessages
{
    /// <summary>What cAdvisor's consumers know a pod's own samples by.</summary>
    private const string PodContainer = "POD";

    private static readonly string[] Labels = ["id", "name", "image", "namespace", "pod", "container"];

    public static MetricDescriptor Descriptor(Crisp.Pods.Metrics.Metric metric) => new()
    {
        Name = metric.Name,
        Help = metric.Help,
        LabelKeys = { Labels, metric.Labels },
    };

    public static PodSandboxMetrics Metrics(PodMetricsSnapshot pod) => new()
    {
        PodSandboxId = pod.Pod.Id,
        Metrics = { pod.Samples.Select(sample => Sample(sample, pod.TimestampNanos, Of(pod.Pod))) },
        ContainerMetrics = { pod.Containers.Select(container => Metrics(container, pod)) },
    };

    private static ContainerMetrics Metrics(ContainerMetricsSnapshot container, PodMetricsSnapshot pod) => new()
    {
        ContainerId = container.Container.Id,
        Metrics =
        {
            container.Samples.Select(sample => Sample(sample, pod.TimestampNanos, Of(container.Container, pod.Pod)))
        },
    };

    private static Metric Sample(MetricSample sample, long timestampNanos, string[] labels) => new()
    {
        Name = sample.Metric.Name,
        Timestamp = timestampNanos,
        MetricType = sample.Metric.Kind == MetricKind.Counter ? MetricType.Counter : MetricType.Gauge,
        LabelValues = { labels, sample.Labels },
        Value = new UInt64Value { Value = sample.Value },
    };

    private static string[] Of(PodSnapshot pod) =>
        [pod.Id, Name(PodContainer, pod, pod.Config.Metadata.Attempt),
            "", pod.Config.Metadata.Namespace, pod.Config.Metadata.Name, PodContainer];

    private static string[] Of(ContainerSnapshot container, PodSnapshot pod) =>
    [
        container.Id,
        Name(container.Config.Metadata.Name, pod, container.Config.Metadata.Attempt),
        container.Config.Image is { UserSpecifiedImage.Length: > 0 } image
            ? image.UserSpecifiedImage
            : container.Config.Image?.Image ?? "",
        pod.Config.Metadata.Namespace,
        pod.Config.Metadata.Name,
        container.Config.Metadata.Name,
    ];

    /// <summary>k8s_CONTAINER_POD_NAMESPACE_UID_ATTEMPT, the name that docker's and cri-o's users know.</summary>
    private static string Name(string container, PodSnapshot pod, uint attempt)
    {
        var of = pod.Config.Metadata;
        return $"k8s_{container}_{of.Name}_{of.Namespace}_{of.Uid}_{attempt}";
    }
}
