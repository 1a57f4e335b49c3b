namespace Crisp.Node.Tests.Generations;

/// <summary>What kubelets of a release put into their requests, in that release's numbers.</summary>
internal sealed class KubeletSession(KubeletRelease kubelet, PodSandboxConfig pod, string image)
{
    private static readonly string[] s_command = ["sh",
        "-c", "echo up; trap 'exit 7' TERM; while :; do sleep 1000 & wait $!; done"];

    public KubeletBytes Pod() => new KubeletBytes()
        .Message(1, Attempt(
            new KubeletBytes().Text(1, pod.Metadata.Name).Text(2, pod.Metadata.Uid).Text(3, pod.Metadata.Namespace), 4))
        .Text(2, pod.Hostname)
        .Text(3, pod.LogDirectory)
        .Message(4, new KubeletBytes().Text(1, "10.0.0.10").Text(2, "default.svc.cluster.local").Text(3, "ndots:5"))
        .Map(6, pod.Labels)
        .Map(7, pod.Annotations)
        .Message(8, new KubeletBytes()
            .Text(1, pod.Linux.CgroupParent)
            .Message(2, kubelet.HasFirstLayout
                ? Namespaces(1)
                : new KubeletBytes().Message(1, Namespaces(kubelet.OfTheNode))));

    public KubeletBytes Create(string podId, string imageRef) =>
        new KubeletBytes().Text(1, podId).Message(2, Container(imageRef)).Message(3, Pod());

    public KubeletBytes Pull()
    {
        var pull = new KubeletBytes().Message(1, new KubeletBytes().Text(1, image));
        return kubelet.HasFirstLayout ? pull.Message(2, new KubeletBytes()).Message(3, Pod()) : pull.Message(3, Pod());
    }

    /// <summary>Which pods are ready: 1.5 says the state itself, though it is 0, all others wrap it.</summary>
    public KubeletBytes ReadyPods() => new KubeletBytes().Message(
        1, kubelet.HasFirstLayout
            ? new KubeletBytes().Number(2, 0)
            : new KubeletBytes().Message(2, new KubeletBytes()));

    public KubeletBytes RunningContainers(string podId) => new KubeletBytes().Message(
        1, (kubelet.HasFirstLayout
            ? new KubeletBytes().Number(2, 1)
            : new KubeletBytes().Message(2, new KubeletBytes().Number(1, 1))).Text(3, podId));

    private KubeletBytes Container(string imageRef)
    {
        var container = new KubeletBytes()
            .Message(1, Attempt(new KubeletBytes().Text(1, "main"), 2))
            .Message(2, new KubeletBytes().Text(1, imageRef))
            .Texts(3, s_command)
            .Message(6, new KubeletBytes().Text(1, "KUBERNETES_PORT").Text(2, "tcp://10.0.0.1:443"));
        var labels = new Dictionary<string, string> { ["io.kubernetes.container.name"] = "main" };
        var annotations = new Dictionary<string, string> { ["io.kubernetes.container.restartCount"] = "0" };
        var resources = new KubeletBytes().Number(2, 0).Number(3, 102).Number(4, 64 << 20).Number(5, 999);
        if (kubelet.HasFirstLayout)
            return container.Map(8, labels).Map(9, annotations)
                .Number(10, 0).Number(11, 0).Text(12, "main_0.log").Number(13, 0).Number(14, 0).Number(15, 0)
                .Message(16, new KubeletBytes().Message(1, resources).Message(4, new KubeletBytes().Number(1, 1000)));
        var security = new KubeletBytes()
            .Message(3, Namespaces(kubelet.OfTheNode))
            .Message(5, new KubeletBytes().Number(1, 1000));
        return container.Map(9, labels).Map(10, annotations).Text(11, "main_0.log")
            .Message(15, new KubeletBytes().Message(1, resources).Message(2, security));
    }

    /// <summary>The node's network, own processes, the pod's IPC; what is false or zero is sent by 1.5 only.</summary>
    private KubeletBytes Namespaces(long ofTheNode)
    {
        var namespaces = new KubeletBytes().Number(1, ofTheNode);
        if (kubelet.HasFirstLayout)
            return namespaces.Number(2, 0).Number(3, 0);
        return kubelet.Package == "runtime" ? namespaces : namespaces.Number(2, 1);
    }

    private KubeletBytes Attempt(KubeletBytes metadata, int field) =>
        kubelet.HasFirstLayout ? metadata.Number(field, 0) : metadata;
}
