using Crisp.Bench.Peers;
using Runtime.V1;

namespace Crisp.Bench.Cases;

/// <summary>A host-network pod with one running container, for the cases that need something to look at.</summary>
public sealed class RunningPod : IAsyncDisposable
{
    private readonly Peer peer;

    private RunningPod(Peer peer, string podId, string containerId, string log)
    {
        this.peer = peer;
        PodId = podId;
        ContainerId = containerId;
        Log = log;
    }

    public string PodId { get; }

    public string ContainerId { get; }

    /// <summary>The container's log file.</summary>
    public string Log { get; }

    public static async Task<RunningPod> StartAsync(Peer peer, string name, string image, params string[] command)
    {
        var pod = CriRequests.Pod(peer.Name, name, peer.Directory, hostNetwork: true);
        var container = CriRequests.Container("main", image, command);
        var podId = (await peer.Runtime.RunPodSandboxAsync(new RunPodSandboxRequest { Config = pod })).PodSandboxId;
        var id = (await peer.Runtime.CreateContainerAsync(new CreateContainerRequest
        {
            PodSandboxId = podId,
            Config = container,
            SandboxConfig = pod,
        })).ContainerId;
        await peer.Runtime.StartContainerAsync(new StartContainerRequest { ContainerId = id });
        return new RunningPod(peer, podId, id, Path.Combine(pod.LogDirectory, container.LogPath));
    }

    public async ValueTask DisposeAsync()
    {
        await peer.Runtime.StopContainerAsync(new StopContainerRequest { ContainerId = ContainerId });
        await peer.Runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = PodId });
        await peer.Runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = PodId });
    }
}
