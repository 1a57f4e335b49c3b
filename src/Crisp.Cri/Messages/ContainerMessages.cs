using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Messages;

/// <summary>A container as CRI tells of it. Messages of the snapshot are shared, since nobody changes them.</summary>
internal static class ContainerMessages
{
    public static Container Item(ContainerSnapshot container) => new()
    {
        Id = container.Id,
        PodSandboxId = container.PodId,
        Metadata = container.Config.Metadata,
        Image = container.Config.Image,
        ImageRef = container.ImageId,
        ImageId = container.ImageId,
        State = State(container.Phase),
        CreatedAt = container.CreatedAtNanos,
        Labels = { container.Config.Labels },
        Annotations = { container.Config.Annotations },
    };

    public static ContainerStatus Status(ContainerSnapshot container) => new()
    {
        Id = container.Id,
        Metadata = container.Config.Metadata,
        State = State(container.Phase),
        CreatedAt = container.CreatedAtNanos,
        StartedAt = container.StartedAtNanos,
        FinishedAt = container.FinishedAtNanos,
        ExitCode = container.ExitCode,
        Image = Image(container),
        ImageRef = container.ImageId,
        ImageId = container.ImageId,
        Reason = container.Reason,
        Message = container.Message,
        Labels = { container.Config.Labels },
        Annotations = { container.Config.Annotations },
        Mounts = { container.Mounts },
        LogPath = container.LogPath ?? "",
        Resources = container.Resources is { } linux ? new ContainerResources { Linux = linux } : null,
        User = User(container.User),
        StopSignal = StopSignals.FromName(container.StopSignal),
    };

    public static ContainerState State(ContainerPhase phase) => phase switch
    {
        ContainerPhase.Created => ContainerState.ContainerCreated,
        ContainerPhase.Running => ContainerState.ContainerRunning,
        ContainerPhase.Exited => ContainerState.ContainerExited,
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "a phase without a state in CRI"),
    };

    /// <summary>
    /// The name the user wrote, where kubelet passed it on: config.image.image is the ID it got from the pull.
    /// </summary>
    private static ImageSpec Image(ContainerSnapshot container)
    {
        var image = container.Config.Image?.Clone() ?? new ImageSpec();
        if (image.UserSpecifiedImage.Length > 0)
            image.Image = image.UserSpecifiedImage;
        return image;
    }

    private static ContainerUser User(ContainerUserStatus user) => new()
    {
        Linux = new LinuxContainerUser
        {
            Uid = user.Uid,
            Gid = user.Gid,
            SupplementalGroups = { user.SupplementalGroups },
        },
    };
}
