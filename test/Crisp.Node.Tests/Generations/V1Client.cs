using Grpc.Core;

namespace Crisp.Node.Tests.Generations;

/// <summary>runtime.v1, as it is.</summary>
internal sealed class V1Client(CallInvoker invoker) : GenerationClient
{
    private readonly global::Runtime.V1.RuntimeService.RuntimeServiceClient _runtime = new(invoker);
    private readonly global::Runtime.V1.ImageService.ImageServiceClient _images = new(invoker);

    public override async Task<VersionResponse> VersionAsync() =>
        await _runtime.VersionAsync(new VersionRequest(), CriCalls.Options());

    public override async Task UpdateRuntimeConfigAsync(string podCidr) => await _runtime.UpdateRuntimeConfigAsync(
        new UpdateRuntimeConfigRequest
        {
            RuntimeConfig = new RuntimeConfig { NetworkConfig = new NetworkConfig { PodCidr = podCidr } }
        },
        CriCalls.Options());

    public override async Task<string> PullAsync(string image) =>
        (await _images.PullImageAsync(
            new PullImageRequest { Image = new ImageSpec { Image = image } }, CriCalls.Options())).ImageRef;

    public override async Task<Image?> ImageAsync(string image) =>
        (await _images.ImageStatusAsync(
            new ImageStatusRequest { Image = new ImageSpec { Image = image } }, CriCalls.Options())).Image;

    public override async Task<IReadOnlyList<Image>> ListImagesAsync(string name = "") =>
        (await _images.ListImagesAsync(
            new ListImagesRequest { Filter = new ImageFilter { Image = new ImageSpec { Image = name } } },
            CriCalls.Options())).Images;

    public override async Task RemoveImageAsync(string image) =>
        await _images.RemoveImageAsync(
            new RemoveImageRequest { Image = new ImageSpec { Image = image } }, CriCalls.Options());

    public override async Task<string> RunPodAsync(PodSandboxConfig? pod) =>
        (await _runtime.RunPodSandboxAsync(
            new RunPodSandboxRequest { Config = pod }, CriCalls.Options())).PodSandboxId;

    public override async Task StopPodAsync(string id) =>
        await _runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = id }, CriCalls.Options());

    public override async Task RemovePodAsync(string id) =>
        await _runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = id }, CriCalls.Options());

    public override async Task<PodSandboxStatus> PodAsync(string id) =>
        (await _runtime.PodSandboxStatusAsync(
            new PodSandboxStatusRequest { PodSandboxId = id }, CriCalls.Options())).Status;

    public override async Task<IReadOnlyList<PodSandbox>> ListPodsAsync(PodSandboxFilter filter) =>
        (await _runtime.ListPodSandboxAsync(
            new ListPodSandboxRequest { Filter = filter }, CriCalls.Options())).Items;

    public override async Task<string> CreateAsync(string podId, ContainerConfig? container, PodSandboxConfig pod) =>
        (await _runtime.CreateContainerAsync(
            new CreateContainerRequest
            {
                PodSandboxId = podId,
                Config = container,
                SandboxConfig = pod,
            },
            CriCalls.Options())).ContainerId;

    public override async Task StartAsync(string id) =>
        await _runtime.StartContainerAsync(new StartContainerRequest { ContainerId = id }, CriCalls.Options());

    public override async Task StopAsync(string id, long graceSeconds) =>
        await _runtime.StopContainerAsync(
            new StopContainerRequest { ContainerId = id, Timeout = graceSeconds }, CriCalls.Options());

    public override async Task RemoveAsync(string id) =>
        await _runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = id }, CriCalls.Options());

    public override async Task<ContainerStatus> ContainerAsync(string id) =>
        (await _runtime.ContainerStatusAsync(
            new ContainerStatusRequest { ContainerId = id }, CriCalls.Options())).Status;

    public override async Task<IReadOnlyList<Container>> ListContainersAsync(ContainerFilter filter) =>
        (await _runtime.ListContainersAsync(
            new ListContainersRequest { Filter = filter }, CriCalls.Options())).Containers;

    public override async Task<ExecSyncResponse> ExecAsync(string id, long timeoutSeconds, params string[] command) =>
        await _runtime.ExecSyncAsync(
            new ExecSyncRequest { ContainerId = id, Cmd = { command }, Timeout = timeoutSeconds }, CriCalls.Options());

    public override async Task<string> ExecUrlAsync(string id, params string[] command) =>
        (await _runtime.ExecAsync(
            new ExecRequest { ContainerId = id, Cmd = { command }, Stdout = true, Stderr = true }, CriCalls.Options()))
                .Url;

    public override async Task<string> AttachUrlAsync(string id) =>
        (await _runtime.AttachAsync(
            new AttachRequest { ContainerId = id, Stdout = true, Stderr = true }, CriCalls.Options())).Url;

    public override async Task<string> PortForwardUrlAsync(string podId, int port) =>
        (await _runtime.PortForwardAsync(
            new PortForwardRequest { PodSandboxId = podId, Port = { port } }, CriCalls.Options())).Url;
}
