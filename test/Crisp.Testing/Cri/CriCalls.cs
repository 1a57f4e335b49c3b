using System.Text.Json;
using Crisp.Testing.Logs;
using Grpc.Core;
using Runtime.V1;

namespace Crisp.Testing.Cri;

/// <summary>The calls that most tests make, each with a deadline, answering with what the test is after.</summary>
public sealed class CriCalls(CallInvoker invoker)
{
    /// <summary>kubelet's own.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public RuntimeService.RuntimeServiceClient Runtime { get; } = new(invoker);

    public ImageService.ImageServiceClient Images { get; } = new(invoker);

    public static CallOptions Options(TimeSpan? deadline = null, CancellationToken cancellationToken = default) =>
        new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime + (deadline ?? Deadline),
            cancellationToken: cancellationToken);

    public async Task<string> PullAsync(string image) =>
        (await Images.PullImageAsync(new PullImageRequest { Image = new ImageSpec { Image = image } }, Options()))
            .ImageRef;

    public async Task<Image?> ImageAsync(string image) =>
        (await Images.ImageStatusAsync(new ImageStatusRequest { Image = new ImageSpec { Image = image } }, Options()))
            .Image;

    public async Task<IReadOnlyList<Image>> ListImagesAsync() =>
        (await Images.ListImagesAsync(new ListImagesRequest(), Options())).Images;

    public async Task RemoveImageAsync(string image) =>
        await Images.RemoveImageAsync(new RemoveImageRequest { Image = new ImageSpec { Image = image } }, Options());

    public async Task<string> RunPodAsync(PodSandboxConfig pod, string handler = "") =>
        (await Runtime.RunPodSandboxAsync(
            new RunPodSandboxRequest { Config = pod, RuntimeHandler = handler }, Options()))
            .PodSandboxId;

    public async Task StopPodAsync(string id) =>
        await Runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = id }, Options());

    public async Task RemovePodAsync(string id) =>
        await Runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = id }, Options());

    public async Task<PodSandboxStatus> PodAsync(string id) =>
        (await Runtime.PodSandboxStatusAsync(new PodSandboxStatusRequest { PodSandboxId = id }, Options())).Status;

    public async Task<IReadOnlyList<PodSandbox>> ListPodsAsync(PodSandboxFilter? filter = null) =>
        (await Runtime.ListPodSandboxAsync(new ListPodSandboxRequest { Filter = filter }, Options())).Items;

    public async Task<string> CreateAsync(string podId, ContainerConfig container, PodSandboxConfig pod) =>
        (await Runtime.CreateContainerAsync(
            new CreateContainerRequest { PodSandboxId = podId, Config = container, SandboxConfig = pod }, Options()))
            .ContainerId;

    public async Task StartAsync(string id) =>
        await Runtime.StartContainerAsync(new StartContainerRequest { ContainerId = id }, Options());

    public async Task<string> RunAsync(string podId, ContainerConfig container, PodSandboxConfig pod)
    {
        string id = await CreateAsync(podId, container, pod);
        await StartAsync(id);
        return id;
    }

    public async Task StopAsync(string id, int graceSeconds) =>
        await Runtime.StopContainerAsync(
            new StopContainerRequest { ContainerId = id, Timeout = graceSeconds }, Options());

    public async Task RemoveAsync(string id) =>
        await Runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = id }, Options());

    public async Task<ContainerStatus> ContainerAsync(string id) =>
        (await Runtime.ContainerStatusAsync(new ContainerStatusRequest { ContainerId = id }, Options())).Status;

    public async Task<ContainerStatusResponse> VerboseContainerAsync(string id) =>
        await Runtime.ContainerStatusAsync(new ContainerStatusRequest { ContainerId = id, Verbose = true }, Options());

    /// <summary>A running container's first process, as the host counts.</summary>
    public async Task<int> PidAsync(string id)
    {
        using JsonDocument info = JsonDocument.Parse((await VerboseContainerAsync(id)).Info["info"]);
        return info.RootElement.GetProperty("pid").GetInt32();
    }

    public async Task<IReadOnlyList<Container>> ListContainersAsync(ContainerFilter? filter = null) =>
        (await Runtime.ListContainersAsync(new ListContainersRequest { Filter = filter }, Options())).Containers;

    public async Task<ExecSyncResponse> ExecAsync(string id, params string[] command) =>
        await Runtime.ExecSyncAsync(
            new ExecSyncRequest { ContainerId = id, Cmd = { command }, Timeout = 60 }, Options());

    /// <summary>The standard output of a command that has to succeed, without the last newline.</summary>
    public async Task<string> OutputAsync(string id, params string[] command)
    {
        ExecSyncResponse response = await ExecAsync(id, command);
        return response.ExitCode == 0
            ? response.Stdout.ToStringUtf8().TrimEnd('\n')
            : throw new InvalidOperationException(
                $"`{string.Join(' ', command)}` in {id} ended with {response.ExitCode}: {response.Stderr.ToStringUtf8()}");
    }

    public Task<ContainerStatus> ExitedAsync(string id, TimeSpan? patience = null) =>
        Eventually.GetAsync(
            $"container {id} exited", () => ContainerAsync(id),
            status => status.State == ContainerState.ContainerExited, patience);

    public async Task<LogFile> LogAsync(string id) => new((await ContainerAsync(id)).LogPath);
}
