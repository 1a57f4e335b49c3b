using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Cri;

/// <summary>Which object a call is about, in a few words for its log line; empty for calls about none.</summary>
internal static class CallSubject
{
    public static string Of(IMessage request, IMessage response) => response switch
    {
        RunPodSandboxResponse r => $"{Of(request)}: {r.PodSandboxId}",
        CreateContainerResponse r => $"{Of(request)}: {r.ContainerId}",
        PullImageResponse r => $"{Of(request)}: {r.ImageRef}",
        ExecSyncResponse r => $"{Of(request)}: exit code {r.ExitCode}",
        _ => Of(request),
    };

    public static string Of(IMessage request) => request switch
    {
        RunPodSandboxRequest r =>
            Named("pod", r.Config?.Metadata is { } m ? $"{m.Namespace}/{m.Name} attempt {m.Attempt}" : ""),
        StopPodSandboxRequest r => Named("pod", r.PodSandboxId),
        RemovePodSandboxRequest r => Named("pod", r.PodSandboxId),
        PodSandboxStatusRequest r => Named("pod", r.PodSandboxId),
        CreateContainerRequest r =>
            Named("container", r.Config?.Metadata is { } m ? $"{m.Name} attempt {m.Attempt}" : "") +
            Named("in pod", r.PodSandboxId),
        StartContainerRequest r => Named("container", r.ContainerId),
        UpdateContainerResourcesRequest r => Named("container", r.ContainerId),
        UpdatePodSandboxResourcesRequest r => Named("pod", r.PodSandboxId),
        StopContainerRequest r => Named("container", r.ContainerId) + $" grace {r.Timeout} s",
        RemoveContainerRequest r => Named("container", r.ContainerId),
        ContainerStatusRequest r => Named("container", r.ContainerId),
        ReopenContainerLogRequest r => Named("container", r.ContainerId),
        ExecSyncRequest r => Named("container", r.ContainerId) + Named("command", r.Cmd.FirstOrDefault("")),
        CheckpointContainerRequest r => Named("container", r.ContainerId) + Named("to", r.Location),
        CheckpointPodRequest r => Named("pod", r.PodSandboxId) + Named("to", r.OutputPath),
        RestorePodRequest r => Named("pod", r.Config?.Metadata is { } m ? $"{m.Namespace}/{m.Name}" : "")
            + Named("from", r.CheckpointPath),
        PodSandboxStatsRequest r => Named("pod", r.PodSandboxId),
        UpdateRuntimeConfigRequest r => Named("pod CIDR", r.RuntimeConfig?.NetworkConfig?.PodCidr ?? ""),
        ExecRequest r => Named("container", r.ContainerId) + Named("command", r.Cmd.FirstOrDefault("")),
        AttachRequest r => Named("container", r.ContainerId),
        PortForwardRequest r => Named("pod", r.PodSandboxId),
        ContainerStatsRequest r => Named("container", r.ContainerId),
        PullImageRequest r => Named("image", r.Image?.Image ?? ""),
        ImageStatusRequest r => Named("image", r.Image?.Image ?? ""),
        RemoveImageRequest r => Named("image", r.Image?.Image ?? ""),
        _ => "",
    };

    private static string Named(string what, string name) => name.Length == 0 ? "" : $" {what} {name}";
}
