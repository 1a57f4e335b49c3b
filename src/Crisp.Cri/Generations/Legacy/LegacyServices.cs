using Crisp.Cri.Generations.Legacy.Answers;
using Crisp.Cri.Generations.Legacy.Requests;
using Crisp.Errors;
using Crisp.Pods;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Runtime.V1;

namespace Crisp.Cri.Generations.Legacy;

/// <summary>
/// The table of contents of package runtime, Kubernetes 1.5 to 1.9: each RPC with how its request is read, which of
/// v1's serves it, and how the answer is written. What stands with a layout exists only from that layout on.
/// </summary>
internal sealed class LegacyServices(
    global::Runtime.V1.RuntimeService.RuntimeServiceBase runtime,
    global::Runtime.V1.ImageService.ImageServiceBase images,
    IPods pods,
    IContainers containers,
    LegacyOptions options,
    ILogger log)
{
    private readonly Callers _callers = new(options.Layout);

    public void BindTo(ServiceBinderBase server)
    {
        BindNode(new LegacyBinder(server, "runtime.RuntimeService", _callers, log));
        BindPods(new LegacyBinder(server, "runtime.RuntimeService", _callers, log));
        BindContainers(new LegacyBinder(server, "runtime.RuntimeService", _callers, log));
        BindImages(new LegacyBinder(server, "runtime.ImageService", _callers, log));
    }

    private void BindNode(LegacyBinder to)
    {
        to.Add("Version", r => r.Parse(VersionRequest.Parser), runtime.Version, (a, _) => NodeAnswers.Version(a));
        to.Add(
            "UpdateRuntimeConfig", r => r.Parse(UpdateRuntimeConfigRequest.Parser),
            runtime.UpdateRuntimeConfig, (_, _) => NodeAnswers.Nothing);
        to.Add("Status", r => r.Parse(StatusRequest.Parser, LegacyLayout.Kubernetes16), runtime.Status, AsV1);
    }

    private void BindPods(LegacyBinder to)
    {
        to.Add("RunPodSandbox", r => PodRequests.Run(r, options), runtime.RunPodSandbox, (a, _) => PodAnswers.Made(a));
        to.Add(
            "StopPodSandbox", r => r.Parse(StopPodSandboxRequest.Parser),
            runtime.StopPodSandbox, (_, _) => NodeAnswers.Nothing);
        to.Add(
            "RemovePodSandbox", r => r.Parse(RemovePodSandboxRequest.Parser),
            runtime.RemovePodSandbox, (_, _) => NodeAnswers.Nothing);
        to.Add(
            "PodSandboxStatus", r => StatusRequests.Read(r, PodSandboxStatusRequest.Parser),
            runtime.PodSandboxStatus, (a, layout) => PodAnswers.Status(a, layout, NetNsPath));
        to.Add("ListPodSandbox", PodRequests.List, runtime.ListPodSandbox, PodAnswers.List);
        to.Add(
            "PortForward", r => r.Parse(PortForwardRequest.Parser),
            runtime.PortForward, (a, _) => NodeAnswers.Url(a.Url));
    }

    private void BindContainers(LegacyBinder to)
    {
        to.Add(
            "CreateContainer", r => ContainerRequests.Create(r, PodAnnotations, options),
            runtime.CreateContainer, (a, _) => ContainerAnswers.Made(a));
        to.Add(
            "StartContainer", r => r.Parse(StartContainerRequest.Parser),
            runtime.StartContainer, (_, _) => NodeAnswers.Nothing);
        to.Add(
            "StopContainer", r => r.Parse(StopContainerRequest.Parser),
            runtime.StopContainer, (_, _) => NodeAnswers.Nothing);
        to.Add(
            "RemoveContainer", r => r.Parse(RemoveContainerRequest.Parser),
            runtime.RemoveContainer, (_, _) => NodeAnswers.Nothing);
        to.Add(
            "ContainerStatus", r => StatusRequests.Read(r, ContainerStatusRequest.Parser),
            runtime.ContainerStatus, ContainerAnswers.Status);
        to.Add("ListContainers", ContainerRequests.List, runtime.ListContainers, ContainerAnswers.List);
        to.Add(
            "ExecSync", r => r.Parse(ExecSyncRequest.Parser),
            runtime.ExecSync, (a, _) => ContainerAnswers.Executed(a));
        to.Add("Exec", StreamRequests.Exec, runtime.Exec, (a, _) => NodeAnswers.Url(a.Url));
        to.Add("Attach", r => StreamRequests.Attach(r, HasTerminal), runtime.Attach, (a, _) => NodeAnswers.Url(a.Url));
        to.Add(
            "UpdateContainerResources", r => r.Parse(UpdateContainerResourcesRequest.Parser, LegacyLayout.Kubernetes18),
            runtime.UpdateContainerResources, AsV1);
        to.Add(
            "ContainerStats", r => r.Parse(ContainerStatsRequest.Parser, LegacyLayout.Kubernetes17),
            runtime.ContainerStats, (a, _) => StorageAnswers.Container(a));
        to.Add(
            "ListContainerStats", r => r.Parse(ListContainerStatsRequest.Parser, LegacyLayout.Kubernetes17),
            runtime.ListContainerStats, (a, _) => StorageAnswers.Containers(a));
    }

    private void BindImages(LegacyBinder to)
    {
        to.Add("ListImages", r => r.Parse(ListImagesRequest.Parser), images.ListImages, ImageAnswers.List);
        to.Add(
            "ImageStatus", r => StatusRequests.Read(r, ImageStatusRequest.Parser),
            images.ImageStatus, ImageAnswers.Status);
        to.Add("PullImage", r => ImageRequests.Pull(r, options), images.PullImage, ImageAnswers.Pulled);
        to.Add(
            "RemoveImage", r => r.Parse(RemoveImageRequest.Parser),
            images.RemoveImage, (_, _) => NodeAnswers.Nothing);
        to.Add(
            "ImageFsInfo", r => r.Parse(ImageFsInfoRequest.Parser, LegacyLayout.Kubernetes17),
            images.ImageFsInfo, (a, _) => StorageAnswers.ImageFs(a));
    }

    private static byte[] AsV1<T>(T answer, LegacyLayout layout)
        where T : IMessage => answer.ToByteArray();

    private string NetNsPath(string podId)
    {
        try
        {
            return pods.Get(podId).NetNsPath ?? "";
        }
        catch (CrispException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            return "";
        }
    }

    /// <summary>Without an ID it is v1's to say that it is missing.</summary>
    private bool HasTerminal(string containerId) => containerId.Length > 0 && containers.Get(containerId).Config.Tty;

    /// <summary>Of a pod that is not there: none, and the call itself then says that it is not.</summary>
    private IReadOnlyDictionary<string, string> PodAnnotations(string podId)
    {
        try
        {
            return pods.Get(podId).Config.Annotations;
        }
        catch (CrispException)
        {
            return new Dictionary<string, string>();
        }
    }
}
