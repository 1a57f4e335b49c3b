using Grpc.Core;

namespace Crisp.Node.Tests.Generations;

/// <summary>
/// What every generation can do, in v1's words, so that one test runs through all of them. Behind it is the client that
/// protoc generated for that generation.
/// </summary>
public abstract class GenerationClient
{
    public static GenerationClient Of(Generation generation, CallInvoker invoker) => generation switch
    {
        Generation.V1 => new V1Client(invoker),
        Generation.V1Alpha2 => new V1Alpha2Client(invoker),
        _ => new LegacyClient(invoker),
    };

    public abstract Task<VersionResponse> VersionAsync();

    public abstract Task UpdateRuntimeConfigAsync(string podCidr);

    public abstract Task<string> PullAsync(string image);

    public abstract Task<Image?> ImageAsync(string image);

    public abstract Task<IReadOnlyList<Image>> ListImagesAsync(string name = "");

    public abstract Task RemoveImageAsync(string image);

    public abstract Task<string> RunPodAsync(PodSandboxConfig? pod);

    public abstract Task StopPodAsync(string id);

    public abstract Task RemovePodAsync(string id);

    public abstract Task<PodSandboxStatus> PodAsync(string id);

    public abstract Task<IReadOnlyList<PodSandbox>> ListPodsAsync(PodSandboxFilter filter);

    public abstract Task<string> CreateAsync(string podId, ContainerConfig? container, PodSandboxConfig pod);

    public abstract Task StartAsync(string id);

    public abstract Task StopAsync(string id, long graceSeconds);

    public abstract Task RemoveAsync(string id);

    public abstract Task<ContainerStatus> ContainerAsync(string id);

    public abstract Task<IReadOnlyList<Container>> ListContainersAsync(ContainerFilter filter);

    public abstract Task<ExecSyncResponse> ExecAsync(string id, long timeoutSeconds, params string[] command);

    public abstract Task<string> ExecUrlAsync(string id, params string[] command);

    public abstract Task<string> AttachUrlAsync(string id);

    public abstract Task<string> PortForwardUrlAsync(string podId, int port);

    public async Task<string> StartedAsync(string podId, ContainerConfig container, PodSandboxConfig pod)
    {
        var id = await CreateAsync(podId, container, pod);
        await StartAsync(id);
        return id;
    }

    public Task<ContainerStatus> ExitedAsync(string id) => Eventually.GetAsync(
        $"container {id} exited", () => ContainerAsync(id), status => status.State == ContainerState.ContainerExited);
}
