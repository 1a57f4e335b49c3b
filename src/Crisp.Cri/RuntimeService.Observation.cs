using Grpc.Core;
using Runtime.V1;

namespace Crisp.Cri;

/// <summary>The RPCs that watch and measure; all of them only look.</summary>
public sealed partial class RuntimeService
{
    private readonly Rpc.PodSandboxStats _podSandboxStats = new(on.Pods, on.PodStats);
    private readonly Rpc.ListPodSandboxStats _listPodSandboxStats = new(on.Pods, on.PodStats);
    private readonly Rpc.StreamPodSandboxStats _streamPodSandboxStats = new(on.Pods, on.PodStats);
    private readonly Rpc.StreamContainerStats _streamContainerStats = new(on.Containers, on.Stats);
    private readonly Rpc.StreamPodSandboxes _streamPodSandboxes = new(on.Pods);
    private readonly Rpc.StreamContainers _streamContainers = new(on.Containers);
    private readonly Rpc.GetContainerEvents _getContainerEvents = new(on.Events, on.EventsEnabled);
    private readonly Rpc.ListMetricDescriptors _listMetricDescriptors = new(on.PodMetrics);
    private readonly Rpc.ListPodSandboxMetrics _listPodSandboxMetrics = new(on.Pods, on.PodMetrics);
    private readonly Rpc.StreamPodSandboxMetrics _streamPodSandboxMetrics = new(on.Pods, on.PodMetrics);

    public override Task<PodSandboxStatsResponse> PodSandboxStats(
        PodSandboxStatsRequest request, ServerCallContext context) =>
        _calls.ReadAsync(_podSandboxStats, request, context);

    public override Task<ListPodSandboxStatsResponse> ListPodSandboxStats(
        ListPodSandboxStatsRequest request, ServerCallContext context) =>
        _calls.ReadAsync(_listPodSandboxStats, request, context);

    public override Task StreamPodSandboxStats(
        StreamPodSandboxStatsRequest request,
        IServerStreamWriter<StreamPodSandboxStatsResponse> responseStream, ServerCallContext context) =>
        _calls.StreamAsync(_streamPodSandboxStats, request, responseStream, context);

    public override Task StreamContainerStats(
        StreamContainerStatsRequest request,
        IServerStreamWriter<StreamContainerStatsResponse> responseStream, ServerCallContext context) =>
        _calls.StreamAsync(_streamContainerStats, request, responseStream, context);

    public override Task StreamPodSandboxes(
        StreamPodSandboxesRequest request,
        IServerStreamWriter<StreamPodSandboxesResponse> responseStream, ServerCallContext context) =>
        _calls.StreamAsync(_streamPodSandboxes, request, responseStream, context);

    public override Task StreamContainers(
        StreamContainersRequest request,
        IServerStreamWriter<StreamContainersResponse> responseStream, ServerCallContext context) =>
        _calls.StreamAsync(_streamContainers, request, responseStream, context);

    public override Task GetContainerEvents(
        GetEventsRequest request,
        IServerStreamWriter<ContainerEventResponse> responseStream, ServerCallContext context) =>
        _calls.StreamAsync(_getContainerEvents, request, responseStream, context);

    public override Task<ListMetricDescriptorsResponse> ListMetricDescriptors(
        ListMetricDescriptorsRequest request, ServerCallContext context) =>
        _calls.ReadAsync(_listMetricDescriptors, request, context);

    public override Task<ListPodSandboxMetricsResponse> ListPodSandboxMetrics(
        ListPodSandboxMetricsRequest request, ServerCallContext context) =>
        _calls.ReadAsync(_listPodSandboxMetrics, request, context);

    public override Task StreamPodSandboxMetrics(
        StreamPodSandboxMetricsRequest request,
        IServerStreamWriter<StreamPodSandboxMetricsResponse> responseStream, ServerCallContext context) =>
        _calls.StreamAsync(_streamPodSandboxMetrics, request, responseStream, context);
}
