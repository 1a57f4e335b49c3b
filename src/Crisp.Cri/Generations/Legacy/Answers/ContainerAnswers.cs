using Crisp.Cri.Generations.Legacy.Wire;
using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Cri.Generations.Legacy.Answers;

/// <summary>
/// Containers as 1.5 knows them, without the image's ID, log path, resources and user; v1's from 1.6 on.
/// </summary>
internal static class ContainerAnswers
{
    public static byte[] Made(CreateContainerResponse made) => WireWriter.Message(to => to.Text(1, made.ContainerId));

    public static byte[] Status(ContainerStatusResponse answer, LegacyLayout layout) =>
        layout != LegacyLayout.Kubernetes15
            ? answer.ToByteArray()
            : WireWriter.Message(to => to.Message(1, status => WriteStatus(status, answer.Status)));

    public static byte[] List(ListContainersResponse answer, LegacyLayout layout) =>
        layout != LegacyLayout.Kubernetes15 ? answer.ToByteArray() : WireWriter.Message(to =>
        {
            foreach (var container in answer.Containers)
                to.Message(1, item => WriteItem(item, container));
        });

    public static byte[] Executed(ExecSyncResponse answer) => WireWriter.Message(to => to
        .Bytes(1, answer.Stdout)
        .Bytes(2, answer.Stderr)
        .Number(3, answer.ExitCode));

    private static void WriteStatus(WireWriter to, ContainerStatus container)
    {
        to.Text(1, container.Id)
            .Message(2, metadata => WriteMetadata(metadata, container.Metadata))
            .Number(3, (int)container.State)
            .Number(4, container.CreatedAt)
            .Number(5, container.StartedAt)
            .Number(6, container.FinishedAt)
            .Number(7, container.ExitCode)
            .Message(8, image => image.Text(1, container.Image?.Image ?? ""))
            .Text(9, container.ImageRef)
            .Text(10, container.Reason)
            .Text(11, container.Message)
            .Map(12, container.Labels)
            .Map(13, container.Annotations);
        foreach (var mount in container.Mounts)
            to.Message(14, into => WriteMount(into, mount));
    }

    private static void WriteItem(WireWriter to, Container container) => to
        .Text(1, container.Id)
        .Text(2, container.PodSandboxId)
        .Message(3, metadata => WriteMetadata(metadata, container.Metadata))
        .Message(4, image => image.Text(1, container.Image?.Image ?? ""))
        .Text(5, container.ImageRef)
        .Number(6, (int)container.State)
        .Number(7, container.CreatedAt)
        .Map(8, container.Labels)
        .Map(9, container.Annotations);

    private static void WriteMetadata(WireWriter to, ContainerMetadata metadata) => to
        .Text(1, metadata.Name)
        .Number(2, metadata.Attempt);

    private static void WriteMount(WireWriter to, Mount mount) => to
        .Text(1, mount.ContainerPath)
        .Text(2, mount.HostPath)
        .Boolean(3, mount.Readonly)
        .Boolean(4, mount.SelinuxRelabel);
}
