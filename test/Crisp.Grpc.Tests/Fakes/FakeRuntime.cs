using Grpc.Core;
using Runtime.V1;

namespace Crisp.Grpc.Tests.Fakes;

/// <summary>A service whose answers a test gives: one unary RPC, and one that streams.</summary>
internal sealed class FakeRuntime : RuntimeService.RuntimeServiceBase
{
    public Func<ExecSyncRequest, ServerCallContext, Task<ExecSyncResponse>> OnExecSync { get; set; } =
        (request, _) => Task.FromResult(new ExecSyncResponse { ExitCode = request.Cmd.Count });

    public Func<IServerStreamWriter<ContainerEventResponse>, ServerCallContext, Task> OnEvents { get; set; } =
        (_, _) => Task.CompletedTask;

    public override Task<VersionResponse> Version(VersionRequest request, ServerCallContext context) =>
        Task.FromResult(new VersionResponse { Version = request.Version, RuntimeName = "crisp" });

    public override Task<ExecSyncResponse> ExecSync(ExecSyncRequest request, ServerCallContext context) =>
        OnExecSync(request, context);

    public override Task GetContainerEvents(
        GetEventsRequest request,
        IServerStreamWriter<ContainerEventResponse> responseStream,
        ServerCallContext context) =>
        OnEvents(responseStream, context);
}
