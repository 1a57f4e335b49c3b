using Google.Protobuf;
using Grpc.Core;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Fakes;

/// <summary>A runtime of records: it remembers what it was asked, and answers from lists that a test fills.</summary>
internal sealed class FakeRuntime : RuntimeService.RuntimeServiceBase
{
    /// <summary>Each request, in order, but for lists and statuses.</summary>
    internal List<IMessage> Requests { get; } = [];

    internal ListContainersRequest? LastListContainers { get; private set; }

    internal ListPodSandboxRequest? LastListPods { get; private set; }

    internal List<PodSandbox> Pods { get; } = [];

    internal List<Container> Containers { get; } = [];

    internal Dictionary<string, string> LogPaths { get; } = [];

    internal ExecSyncResponse ExecAnswer { get; set; } = new();

    /// <summary>What Exec, Attach and PortForward answer.</summary>
    internal string StreamUrl { get; set; } = "";

    internal Queue<ListContainerStatsResponse> Stats { get; } = new();

    internal Queue<ListPodSandboxStatsResponse> PodStats { get; } = new();

    internal List<ContainerEventResponse> Events { get; } = [];

    internal StatusResponse StatusAnswer { get; set; } = new() { Status = new RuntimeStatus() };

    public override Task<VersionResponse> Version(VersionRequest request, ServerCallContext context) => Task.FromResult(
        new VersionResponse
        {
            Version = request.Version,
            RuntimeName = "fake",
            RuntimeVersion = "1.2.3",
            RuntimeApiVersion = "v1",
        });

    public override Task<StatusResponse> Status(StatusRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(StatusAnswer);
    }

    public override Task<RunPodSandboxResponse> RunPodSandbox(RunPodSandboxRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(new RunPodSandboxResponse { PodSandboxId = "new-pod" });
    }

    public override Task<StopPodSandboxResponse> StopPodSandbox(
        StopPodSandboxRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(new StopPodSandboxResponse());
    }

    public override Task<RemovePodSandboxResponse> RemovePodSandbox(
        RemovePodSandboxRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(new RemovePodSandboxResponse());
    }

    public override Task<PodSandboxStatusResponse> PodSandboxStatus(
        PodSandboxStatusRequest request, ServerCallContext context)
    {
        var pod = Pods.FirstOrDefault(pod => pod.Id.StartsWith(request.PodSandboxId))
            ?? throw NotFound("pod", request.PodSandboxId);
        var answer = new PodSandboxStatusResponse
        {
            Status = new PodSandboxStatus
            {
                Id = pod.Id,
                Metadata = pod.Metadata,
                State = pod.State,
                CreatedAt = pod.CreatedAt,
                Network = new PodSandboxNetworkStatus
                {
                    Ip = "10.0.0.5",
                    AdditionalIps = { new PodIP { Ip = "fd00::5" } }
                },
            },
        };
        if (request.Verbose) answer.Info["info"] = """{"zeta":1,"alpha":{"b":2,"a":1}}""";
        return Task.FromResult(answer);
    }

    public override Task<ListPodSandboxResponse> ListPodSandbox(
        ListPodSandboxRequest request, ServerCallContext context)
    {
        LastListPods = request;
        return Task.FromResult(new ListPodSandboxResponse { Items = { Pods } });
    }

    public override Task<CreateContainerResponse> CreateContainer(
        CreateContainerRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(new CreateContainerResponse { ContainerId = "new-container" });
    }

    public override Task<StartContainerResponse> StartContainer(
        StartContainerRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return request.ContainerId == "missing"
            ? throw NotFound("container", request.ContainerId)
            : Task.FromResult(new StartContainerResponse());
    }

    public override Task<StopContainerResponse> StopContainer(StopContainerRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(new StopContainerResponse());
    }

    public override Task<RemoveContainerResponse> RemoveContainer(
        RemoveContainerRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(new RemoveContainerResponse());
    }

    public override Task<ListContainersResponse> ListContainers(
        ListContainersRequest request, ServerCallContext context)
    {
        LastListContainers = request;
        return Task.FromResult(new ListContainersResponse { Containers = { Containers } });
    }

    public override Task<ContainerStatusResponse> ContainerStatus(
        ContainerStatusRequest request, ServerCallContext context)
    {
        var container = Containers.FirstOrDefault(known => known.Id.StartsWith(request.ContainerId))
            ?? throw NotFound("container", request.ContainerId);
        return Task.FromResult(new ContainerStatusResponse
        {
            Status = new ContainerStatus
            {
                Id = container.Id,
                Metadata = container.Metadata,
                State = container.State,
                CreatedAt = container.CreatedAt,
                StartedAt = container.CreatedAt + 1_500_000_000,
                LogPath = LogPaths.GetValueOrDefault(container.Id, ""),
            },
        });
    }

    public override Task<ReopenContainerLogResponse> ReopenContainerLog(
        ReopenContainerLogRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(new ReopenContainerLogResponse());
    }

    public override Task<ExecSyncResponse> ExecSync(ExecSyncRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(ExecAnswer);
    }

    public override Task<ExecResponse> Exec(ExecRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(new ExecResponse { Url = StreamUrl });
    }

    public override Task<AttachResponse> Attach(AttachRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(new AttachResponse { Url = StreamUrl });
    }

    public override Task<PortForwardResponse> PortForward(PortForwardRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(new PortForwardResponse { Url = StreamUrl });
    }

    public override Task<ListContainerStatsResponse> ListContainerStats(
        ListContainerStatsRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(Stats.Dequeue());
    }

    public override Task<ListPodSandboxStatsResponse> ListPodSandboxStats(
        ListPodSandboxStatsRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(PodStats.Dequeue());
    }

    public override Task<UpdateContainerResourcesResponse> UpdateContainerResources(
        UpdateContainerResourcesRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(new UpdateContainerResourcesResponse());
    }

    public override Task<CheckpointContainerResponse> CheckpointContainer(
        CheckpointContainerRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(new CheckpointContainerResponse());
    }

    public override Task<UpdateRuntimeConfigResponse> UpdateRuntimeConfig(
        UpdateRuntimeConfigRequest request, ServerCallContext context)
    {
        Requests.Add(request);
        return Task.FromResult(new UpdateRuntimeConfigResponse());
    }

    public override Task<RuntimeConfigResponse> RuntimeConfig(
        RuntimeConfigRequest request, ServerCallContext context) =>
        Task.FromResult(new RuntimeConfigResponse
        {
            Linux = new LinuxRuntimeConfiguration { CgroupDriver = CgroupDriver.Cgroupfs },
        });

    public override Task<ListMetricDescriptorsResponse> ListMetricDescriptors(
        ListMetricDescriptorsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListMetricDescriptorsResponse
        {
            Descriptors = { new MetricDescriptor
            {
                Name = "container_cpu_seconds",
                Help = "CPU time",
                LabelKeys = { "id", "name" }
            } },
        });

    public override Task<ListPodSandboxMetricsResponse> ListPodSandboxMetrics(
        ListPodSandboxMetricsRequest request, ServerCallContext context) =>
        Task.FromResult(
            new ListPodSandboxMetricsResponse { PodMetrics = { new PodSandboxMetrics { PodSandboxId = "p" } } });

    public override async Task GetContainerEvents(
        GetEventsRequest request, IServerStreamWriter<ContainerEventResponse> stream, ServerCallContext context)
    {
        foreach (var happened in Events) await stream.WriteAsync(happened);
    }

    private static RpcException NotFound(string what, string id) =>
        new(new Status(StatusCode.NotFound, $"{what} \"{id}\" not found"));
}
