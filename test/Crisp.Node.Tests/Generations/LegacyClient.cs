using Grpc.Core;
using L = Runtime.Legacy;

namespace Crisp.Node.Tests.Generations;

/// <summary>
/// package runtime of Kubernetes 1.5, through its own generated client; see <see cref="LegacyWords"/>.
/// </summary>
internal sealed class LegacyClient(CallInvoker invoker) : GenerationClient
{
    private readonly L.RuntimeService.RuntimeServiceClient _runtime = new(invoker);
    private readonly L.ImageService.ImageServiceClient _images = new(invoker);

    public override async Task<VersionResponse> VersionAsync()
    {
        var version = await _runtime.VersionAsync(new L.VersionRequest { Version = "0.1.0" }, CriCalls.Options());
        return new VersionResponse
        {
            Version = version.Version,
            RuntimeName = version.RuntimeName,
            RuntimeVersion = version.RuntimeVersion,
            RuntimeApiVersion = version.RuntimeApiVersion,
        };
    }

    public override async Task UpdateRuntimeConfigAsync(string podCidr) => await _runtime.UpdateRuntimeConfigAsync(
        new L.UpdateRuntimeConfigRequest
        {
            RuntimeConfig = new L.RuntimeConfig { NetworkConfig = new L.NetworkConfig { PodCidr = podCidr } },
        },
        CriCalls.Options());

    /// <summary>The answer says nothing: a kubelet of 1.5 goes on with the name, which is what this returns.</summary>
    public override async Task<string> PullAsync(string image)
    {
        var response = await _images.PullImageAsync(
            new L.PullImageRequest { Image = new L.ImageSpec { Image = image } }, CriCalls.Options());
        Assert.That(response.CalculateSize(), Is.Zero);
        return image;
    }

    public override async Task<Image?> ImageAsync(string image) => LegacyWords.Image((await _images.ImageStatusAsync(
        new L.ImageStatusRequest { Image = new L.ImageSpec { Image = image } }, CriCalls.Options())).Image);

    public override async Task<IReadOnlyList<Image>> ListImagesAsync(string name = "") =>
        [.. (await _images.ListImagesAsync(
            new L.ListImagesRequest { Filter = new L.ImageFilter { Image = new L.ImageSpec { Image = name } } },
            CriCalls.Options()))
            .Images.Select(LegacyWords.Image).OfType<Image>()];

    public override async Task RemoveImageAsync(string image) => await _images.RemoveImageAsync(
        new L.RemoveImageRequest { Image = new L.ImageSpec { Image = image } }, CriCalls.Options());

    public override async Task<string> RunPodAsync(PodSandboxConfig? pod) => (await _runtime.RunPodSandboxAsync(
        new L.RunPodSandboxRequest { Config = pod is null ? null : LegacyWords.Pod(pod) }, CriCalls.Options()))
            .PodSandboxId;

    public override async Task StopPodAsync(string id) =>
        await _runtime.StopPodSandboxAsync(new L.StopPodSandboxRequest { PodSandboxId = id }, CriCalls.Options());

    public override async Task RemovePodAsync(string id) =>
        await _runtime.RemovePodSandboxAsync(new L.RemovePodSandboxRequest { PodSandboxId = id }, CriCalls.Options());

    public override async Task<PodSandboxStatus> PodAsync(string id) =>
        LegacyWords.Pod((await _runtime.PodSandboxStatusAsync(
            new L.PodSandboxStatusRequest { PodSandboxId = id }, CriCalls.Options())).Status);

    public override async Task<IReadOnlyList<PodSandbox>> ListPodsAsync(PodSandboxFilter filter)
    {
        var old = new L.PodSandboxFilter { Id = filter.Id, LabelSelector = { filter.LabelSelector } };
        if (filter.State is { } state)
            old.State = (L.PodSandboxState)state.State;
        var list = await _runtime.ListPodSandboxAsync(
            new L.ListPodSandboxRequest { Filter = old }, CriCalls.Options());
        return [.. list.Items.Select(LegacyWords.Pod)];
    }

    public override async Task<string> CreateAsync(string podId, ContainerConfig? container, PodSandboxConfig pod) =>
        (await _runtime.CreateContainerAsync(
            new L.CreateContainerRequest
            {
                PodSandboxId = podId,
                Config = container is null ? null : LegacyWords.Container(container),
                SandboxConfig = LegacyWords.Pod(pod),
            },
            CriCalls.Options())).ContainerId;

    public override async Task StartAsync(string id) =>
        await _runtime.StartContainerAsync(new L.StartContainerRequest { ContainerId = id }, CriCalls.Options());

    public override async Task StopAsync(string id, long graceSeconds) => await _runtime.StopContainerAsync(
        new L.StopContainerRequest { ContainerId = id, Timeout = graceSeconds }, CriCalls.Options());

    public override async Task RemoveAsync(string id) =>
        await _runtime.RemoveContainerAsync(new L.RemoveContainerRequest { ContainerId = id }, CriCalls.Options());

    public override async Task<ContainerStatus> ContainerAsync(string id) => LegacyWords.Container(
        (await _runtime.ContainerStatusAsync(new L.ContainerStatusRequest { ContainerId = id }, CriCalls.Options()))
            .Status);

    public override async Task<IReadOnlyList<Container>> ListContainersAsync(ContainerFilter filter)
    {
        var old = new L.ContainerFilter
        {
            Id = filter.Id,
            PodSandboxId = filter.PodSandboxId,
            LabelSelector = { filter.LabelSelector }
        };
        if (filter.State is { } state)
            old.State = (L.ContainerState)state.State;
        var list = await _runtime.ListContainersAsync(
            new L.ListContainersRequest { Filter = old }, CriCalls.Options());
        return [.. list.Containers.Select(LegacyWords.Container)];
    }

    public override async Task<ExecSyncResponse> ExecAsync(string id, long timeoutSeconds, params string[] command)
    {
        var exec = await _runtime.ExecSyncAsync(
            new L.ExecSyncRequest { ContainerId = id, Cmd = { command }, Timeout = timeoutSeconds },
            CriCalls.Options());
        Assert.That(exec.HasExitCode, "also a zero is said");
        return new ExecSyncResponse { Stdout = exec.Stdout, Stderr = exec.Stderr, ExitCode = exec.ExitCode };
    }

    public override async Task<string> ExecUrlAsync(string id, params string[] command) => (await _runtime.ExecAsync(
        new L.ExecRequest { ContainerId = id, Cmd = { command }, Tty = false, Stdin = false }, CriCalls.Options())).Url;

    public override async Task<string> AttachUrlAsync(string id) => (await _runtime.AttachAsync(
        new L.AttachRequest { ContainerId = id, Stdin = false }, CriCalls.Options())).Url;

    public override async Task<string> PortForwardUrlAsync(string podId, int port) => (await _runtime.PortForwardAsync(
        new L.PortForwardRequest { PodSandboxId = podId, Port = { port } }, CriCalls.Options())).Url;
}
