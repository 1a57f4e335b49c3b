using Grpc.Core;
using Runtime.V1;

namespace Crisp.Cri.Tests.Fakes;

/// <summary>v1's runtime service, which keeps what it is asked and answers what it was told to.</summary>
internal sealed class CannedRuntime(Exchanges exchanges) : global::Runtime.V1.RuntimeService.RuntimeServiceBase
{
    public override Task<VersionResponse> Version(VersionRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<VersionResponse>(request);

    public override Task<StatusResponse> Status(StatusRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<StatusResponse>(request);

    public override Task<UpdateRuntimeConfigResponse> UpdateRuntimeConfig(
        UpdateRuntimeConfigRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<UpdateRuntimeConfigResponse>(request);

    public override Task<RunPodSandboxResponse> RunPodSandbox(
        RunPodSandboxRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<RunPodSandboxResponse>(request);

    public override Task<StopPodSandboxResponse> StopPodSandbox(
        StopPodSandboxRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<StopPodSandboxResponse>(request);

    public override Task<RemovePodSandboxResponse> RemovePodSandbox(
        RemovePodSandboxRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<RemovePodSandboxResponse>(request);

    public override Task<PodSandboxStatusResponse> PodSandboxStatus(
        PodSandboxStatusRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<PodSandboxStatusResponse>(request);

    public override Task<ListPodSandboxResponse> ListPodSandbox(
        ListPodSandboxRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<ListPodSandboxResponse>(request);

    public override Task<CreateContainerResponse> CreateContainer(
        CreateContainerRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<CreateContainerResponse>(request);

    public override Task<StartContainerResponse> StartContainer(
        StartContainerRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<StartContainerResponse>(request);

    public override Task<StopContainerResponse> StopContainer(
        StopContainerRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<StopContainerResponse>(request);

    public override Task<RemoveContainerResponse> RemoveContainer(
        RemoveContainerRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<RemoveContainerResponse>(request);

    public override Task<ContainerStatusResponse> ContainerStatus(
        ContainerStatusRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<ContainerStatusResponse>(request);

    public override Task<ListContainersResponse> ListContainers(
        ListContainersRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<ListContainersResponse>(request);

    public override Task<ExecSyncResponse> ExecSync(ExecSyncRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<ExecSyncResponse>(request);

    public override Task<ExecResponse> Exec(ExecRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<ExecResponse>(request);

    public override Task<AttachResponse> Attach(AttachRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<AttachResponse>(request);

    public override Task<PortForwardResponse> PortForward(PortForwardRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<PortForwardResponse>(request);

    public override Task<ContainerStatsResponse> ContainerStats(
        ContainerStatsRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<ContainerStatsResponse>(request);

    public override Task<ListContainerStatsResponse> ListContainerStats(
        ListContainerStatsRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<ListContainerStatsResponse>(request);

    public override Task<UpdateContainerResourcesResponse> UpdateContainerResources(
        UpdateContainerResourcesRequest request, ServerCallContext context) =>
        exchanges.AnswerAsync<UpdateContainerResourcesResponse>(request);
}
