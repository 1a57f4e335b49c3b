using Google.Protobuf;
using Grpc.Core;
using A2 = Runtime.V1Alpha2;

namespace Crisp.Node.Tests.Generations;

/// <summary>
/// runtime.v1alpha2, through its own generated client; v1's words become its own by their bytes, which are the same.
/// </summary>
internal sealed class V1Alpha2Client(CallInvoker invoker) : GenerationClient
{
    private readonly A2.RuntimeService.RuntimeServiceClient _runtime = new(invoker);
    private readonly A2.ImageService.ImageServiceClient _images = new(invoker);

    public override async Task<VersionResponse> VersionAsync() =>
        As<VersionResponse>(await _runtime.VersionAsync(new A2.VersionRequest(), CriCalls.Options()));

    public override async Task UpdateRuntimeConfigAsync(string podCidr) => await _runtime.UpdateRuntimeConfigAsync(
        new A2.UpdateRuntimeConfigRequest
        {
            RuntimeConfig = new A2.RuntimeConfig { NetworkConfig = new A2.NetworkConfig { PodCidr = podCidr } },
        },
        CriCalls.Options());

    public override async Task<string> PullAsync(string image) =>
        (await _images.PullImageAsync(
            new A2.PullImageRequest { Image = new A2.ImageSpec { Image = image } }, CriCalls.Options())).ImageRef;

    public override async Task<Image?> ImageAsync(string image) =>
        As<ImageStatusResponse>(await _images.ImageStatusAsync(
            new A2.ImageStatusRequest { Image = new A2.ImageSpec { Image = image } }, CriCalls.Options())).Image;

    public override async Task<IReadOnlyList<Image>> ListImagesAsync(string name = "") =>
        As<ListImagesResponse>(await _images.ListImagesAsync(
            new A2.ListImagesRequest { Filter = new A2.ImageFilter { Image = new A2.ImageSpec { Image = name } } },
            CriCalls.Options())).Images;

    public override async Task RemoveImageAsync(string image) =>
        await _images.RemoveImageAsync(
            new A2.RemoveImageRequest { Image = new A2.ImageSpec { Image = image } }, CriCalls.Options());

    public override async Task<string> RunPodAsync(PodSandboxConfig? pod) =>
        (await _runtime.RunPodSandboxAsync(
            new A2.RunPodSandboxRequest { Config = pod is null ? null : As<A2.PodSandboxConfig>(pod) },
            CriCalls.Options())).PodSandboxId;

    public override async Task StopPodAsync(string id) =>
        await _runtime.StopPodSandboxAsync(new A2.StopPodSandboxRequest { PodSandboxId = id }, CriCalls.Options());

    public override async Task RemovePodAsync(string id) =>
        await _runtime.RemovePodSandboxAsync(new A2.RemovePodSandboxRequest { PodSandboxId = id }, CriCalls.Options());

    public override async Task<PodSandboxStatus> PodAsync(string id) =>
        As<PodSandboxStatusResponse>(await _runtime.PodSandboxStatusAsync(
            new A2.PodSandboxStatusRequest { PodSandboxId = id }, CriCalls.Options())).Status;

    public override async Task<IReadOnlyList<PodSandbox>> ListPodsAsync(PodSandboxFilter filter) =>
        As<ListPodSandboxResponse>(await _runtime.ListPodSandboxAsync(
            new A2.ListPodSandboxRequest { Filter = As<A2.PodSandboxFilter>(filter) }, CriCalls.Options())).Items;

    public override async Task<string> CreateAsync(string podId, ContainerConfig? container, PodSandboxConfig pod) =>
        (await _runtime.CreateContainerAsync(
            new A2.CreateContainerRequest
            {
                PodSandboxId = podId,
                Config = container is null ? null : As<A2.ContainerConfig>(container),
                SandboxConfig = As<A2.PodSandboxConfig>(pod),
            },
            CriCalls.Options())).ContainerId;

    public override async Task StartAsync(string id) =>
        await _runtime.StartContainerAsync(new A2.StartContainerRequest { ContainerId = id }, CriCalls.Options());

    public override async Task StopAsync(string id, long graceSeconds) =>
        await _runtime.StopContainerAsync(
            new A2.StopContainerRequest { ContainerId = id, Timeout = graceSeconds }, CriCalls.Options());

    public override async Task RemoveAsync(string id) =>
        await _runtime.RemoveContainerAsync(new A2.RemoveContainerRequest { ContainerId = id }, CriCalls.Options());

    public override async Task<ContainerStatus> ContainerAsync(string id) =>
        As<ContainerStatusResponse>(await _runtime.ContainerStatusAsync(
            new A2.ContainerStatusRequest { ContainerId = id }, CriCalls.Options())).Status;

    public override async Task<IReadOnlyList<Container>> ListContainersAsync(ContainerFilter filter) =>
        As<ListContainersResponse>(await _runtime.ListContainersAsync(
            new A2.ListContainersRequest { Filter = As<A2.ContainerFilter>(filter) }, CriCalls.Options())).Containers;

    public override async Task<ExecSyncResponse> ExecAsync(string id, long timeoutSeconds, params string[] command) =>
        As<ExecSyncResponse>(await _runtime.ExecSyncAsync(
            new A2.ExecSyncRequest { ContainerId = id, Cmd = { command }, Timeout = timeoutSeconds },
            CriCalls.Options()));

    public override async Task<string> ExecUrlAsync(string id, params string[] command) =>
        (await _runtime.ExecAsync(
            new A2.ExecRequest { ContainerId = id, Cmd = { command }, Stdout = true, Stderr = true },
            CriCalls.Options())).Url;

    public override async Task<string> AttachUrlAsync(string id) =>
        (await _runtime.AttachAsync(
            new A2.AttachRequest { ContainerId = id, Stdout = true, Stderr = true }, CriCalls.Options())).Url;

    public override async Task<string> PortForwardUrlAsync(string podId, int port) =>
        (await _runtime.PortForwardAsync(
            new A2.PortForwardRequest { PodSandboxId = podId, Port = { port } }, CriCalls.Options())).Url;

    private static T As<T>(IMessage message)
        where T : IMessage<T>, new()
    {
        var same = new T();
        same.MergeFrom(message.ToByteArray());
        return same;
    }
}
