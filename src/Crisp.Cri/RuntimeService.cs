using Grpc.Core;
using Microsoft.Extensions.Logging;
using Runtime.V1;

namespace Crisp.Cri;

/// <summary>
/// The table of contents of CRI's RuntimeService: which RPCs there are, which of them change something (a line at info
/// each) and which only look, or are exec probes. An RPC that is not named here is answered with Unimplemented by the
/// generated base.
/// </summary>
public sealed partial class RuntimeService(CriDependencies on) : global::Runtime.V1.RuntimeService.RuntimeServiceBase
{
    private readonly CallLog _calls = new(on.Loggers.CreateLogger<CallLog>(), on.Time);

    private readonly Rpc.Version _version = new(on.Node);
    private readonly Rpc.Status _status = new(on.Node);
    private readonly Rpc.RuntimeConfig _runtimeConfig = new(on.Node);
    private readonly Rpc.UpdateRuntimeConfig _updateRuntimeConfig = new(on.Node.PodCidr);
    private readonly Rpc.RunPodSandbox _runPodSandbox = new(on.Pods);
    private readonly Rpc.RemovePodSandbox _removePodSandbox = new(on.Pods);
    private readonly Rpc.PodSandboxStatus _podSandboxStatus = new(on.Pods, on.Containers, on.Time);
    private readonly Rpc.ListPodSandbox _listPodSandbox = new(on.Pods);
    private readonly Rpc.CreateContainer _createContainer = new(on.Containers);
    private readonly Rpc.StartContainer _startContainer = new(on.Containers);
    private readonly Rpc.StopContainer _stopContainer = new(on.Containers);
    private readonly Rpc.RemoveContainer _removeContainer = new(on.Containers);
    private readonly Rpc.ContainerStatus _containerStatus = new(on.Containers);
    private readonly Rpc.ListContainers _listContainers = new(on.Containers);
    private readonly Rpc.ExecSync _execSync = new(on.Containers);
    private readonly Rpc.Exec _exec = new(on.Containers, on.Streams);
    private readonly Rpc.Attach _attach = new(on.Containers, on.Streams);
    private readonly Rpc.PortForward _portForward = new(on.Pods, on.Streams);
    private readonly Rpc.UpdateContainerResources _updateContainerResources = new(on.Containers);
    private readonly Rpc.UpdatePodSandboxResources _updatePodSandboxResources = new(on.Pods);
    private readonly Rpc.ReopenContainerLog _reopenContainerLog = new(on.Containers);
    private readonly Rpc.ContainerStats _containerStats = new(on.Containers, on.Stats);
    private readonly Rpc.ListContainerStats _listContainerStats = new(on.Containers, on.Stats);

    public override Task<VersionResponse> Version(VersionRequest request, ServerCallContext context) =>
        _calls.ReadAsync(_version, request, context);

    public override Task<StatusResponse> Status(StatusRequest request, ServerCallContext context) =>
        _calls.ReadAsync(_status, request, context);

    public override Task<RuntimeConfigResponse> RuntimeConfig(
        RuntimeConfigRequest request, ServerCallContext context) =>
        _calls.ReadAsync(_runtimeConfig, request, context);

    public override Task<UpdateRuntimeConfigResponse> UpdateRuntimeConfig(
        UpdateRuntimeConfigRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_updateRuntimeConfig, request, context);

    public override Task<RunPodSandboxResponse> RunPodSandbox(
        RunPodSandboxRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_runPodSandbox, request, context);

    public override Task<StopPodSandboxResponse> StopPodSandbox(
        StopPodSandboxRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(new Rpc.StopPodSandbox(on.Pods, TimeLeft(context)), request, context);

    public override Task<RemovePodSandboxResponse> RemovePodSandbox(
        RemovePodSandboxRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_removePodSandbox, request, context);

    public override Task<PodSandboxStatusResponse> PodSandboxStatus(
        PodSandboxStatusRequest request, ServerCallContext context) =>
        _calls.ReadAsync(_podSandboxStatus, request, context);

    public override Task<ListPodSandboxResponse> ListPodSandbox(
        ListPodSandboxRequest request, ServerCallContext context) =>
        _calls.ReadAsync(_listPodSandbox, request, context);

    public override Task<CreateContainerResponse> CreateContainer(
        CreateContainerRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_createContainer, request, context);

    public override Task<StartContainerResponse> StartContainer(
        StartContainerRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_startContainer, request, context);

    public override Task<StopContainerResponse> StopContainer(
        StopContainerRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_stopContainer, request, context);

    public override Task<RemoveContainerResponse> RemoveContainer(
        RemoveContainerRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_removeContainer, request, context);

    public override Task<ContainerStatusResponse> ContainerStatus(
        ContainerStatusRequest request, ServerCallContext context) =>
        _calls.ReadAsync(_containerStatus, request, context);

    public override Task<ListContainersResponse> ListContainers(
        ListContainersRequest request, ServerCallContext context) =>
        _calls.ReadAsync(_listContainers, request, context);

    public override Task<ExecSyncResponse> ExecSync(ExecSyncRequest request, ServerCallContext context) =>
        _calls.ReadAsync(_execSync, request, context);

    public override Task<ExecResponse> Exec(ExecRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_exec, request, context);

    public override Task<AttachResponse> Attach(AttachRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_attach, request, context);

    public override Task<PortForwardResponse> PortForward(PortForwardRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_portForward, request, context);

    public override Task<UpdateContainerResourcesResponse> UpdateContainerResources(
        UpdateContainerResourcesRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_updateContainerResources, request, context);

    public override Task<UpdatePodSandboxResourcesResponse> UpdatePodSandboxResources(
        UpdatePodSandboxResourcesRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_updatePodSandboxResources, request, context);

    public override Task<ReopenContainerLogResponse> ReopenContainerLog(
        ReopenContainerLogRequest request, ServerCallContext context) =>
        _calls.ChangeAsync(_reopenContainerLog, request, context);

    public override Task<ContainerStatsResponse> ContainerStats(
        ContainerStatsRequest request, ServerCallContext context) =>
        _calls.ReadAsync(_containerStats, request, context);

    public override Task<ListContainerStatsResponse> ListContainerStats(
        ListContainerStatsRequest request, ServerCallContext context) =>
        _calls.ReadAsync(_listContainerStats, request, context);

    private TimeSpan TimeLeft(ServerCallContext context) => context.Deadline - on.Time.GetUtcNow().UtcDateTime;
}
