using Crisp.Cri.Generations.Legacy.Wire;
using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Cri.Generations.Legacy.Answers;

/// <summary>
/// Pods. Their namespaces are booleans in every layout, so the status is written anew for all of them; lists are v1's
/// from 1.6 on. Further addresses and the handler have no place in any.
/// </summary>
internal static class PodAnswers
{
    public static byte[] Made(RunPodSandboxResponse made) => WireWriter.Message(to => to.Text(1, made.PodSandboxId));

    /// <param name="answer">v1's.</param>
    /// <param name="layout">The caller's.</param>
    /// <param name="netNsPath">Of a pod by ID; empty where it has none of its own, or none any more.</param>
    public static byte[] Status(PodSandboxStatusResponse answer, LegacyLayout layout, Func<string, string> netNsPath) =>
        WireWriter.Message(to =>
        {
            to.Message(1, status => WriteStatus(status, answer.Status, netNsPath(answer.Status.Id)));
            if (layout != LegacyLayout.Kubernetes15)
                to.Map(2, answer.Info);
        });

    public static byte[] List(ListPodSandboxResponse answer, LegacyLayout layout) =>
        layout != LegacyLayout.Kubernetes15 ? answer.ToByteArray() : WireWriter.Message(to =>
        {
            foreach (var pod in answer.Items)
                to.Message(1, item => WriteItem(item, pod));
        });

    private static void WriteStatus(WireWriter to, PodSandboxStatus pod, string netNsPath) => to
        .Text(1, pod.Id)
        .Message(2, metadata => WriteMetadata(metadata, pod.Metadata))
        .Number(3, (int)pod.State)
        .Number(4, pod.CreatedAt)
        .Message(5, network => network.Text(1, pod.Network?.Ip ?? ""))
        .Message(6, linux => linux.Message(1, namespaces => namespaces
            .Text(1, netNsPath)
            .Message(2, options => WriteNamespaces(options, pod.Linux?.Namespaces?.Options ?? new NamespaceOption()))))
        .Map(7, pod.Labels)
        .Map(8, pod.Annotations);

    private static void WriteItem(WireWriter to, PodSandbox pod) => to
        .Text(1, pod.Id)
        .Message(2, metadata => WriteMetadata(metadata, pod.Metadata))
        .Number(3, (int)pod.State)
        .Number(4, pod.CreatedAt)
        .Map(5, pod.Labels)
        .Map(6, pod.Annotations);

    private static void WriteMetadata(WireWriter to, PodSandboxMetadata metadata) => to
        .Text(1, metadata.Name)
        .Text(2, metadata.Uid)
        .Text(3, metadata.Namespace)
        .Number(4, metadata.Attempt);

    private static void WriteNamespaces(WireWriter to, NamespaceOption options) => to
        .Boolean(1, options.Network == NamespaceMode.Node)
        .Boolean(2, options.Pid == NamespaceMode.Node)
        .Boolean(3, options.Ipc == NamespaceMode.Node);
}
