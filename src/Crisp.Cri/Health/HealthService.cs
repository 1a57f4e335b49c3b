using Crisp.Errors;
using Grpc.Core;
using Grpc.Health.V1;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Crisp.Cri.Health;

/// <summary>
/// gRPC health checking. Who answers serves: recovery is over before the socket is there, and a daemon that stops takes
/// the socket away first. Whether pods can get networks is CRI's Status.
/// </summary>
internal sealed class HealthService(IReadOnlyCollection<string> services) : global::Grpc.Health.V1.Health.HealthBase
{
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        IsKnown(request.Service)
            ? Task.FromResult(Answer(ServingStatus.Serving))
            : throw RpcErrors.ToRpc(CrispException.NotFound("service", request.Service), deadlinePassed: false);

    public override Task<HealthListResponse> List(HealthListRequest request, ServerCallContext context) =>
        Task.FromResult(new HealthListResponse
        {
            Statuses = { services.ToDictionary(name => name, _ => Answer(ServingStatus.Serving)) },
        });

    /// <summary>Nothing changes until the stream ends with the server.</summary>
    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        var status = IsKnown(request.Service) ? ServingStatus.Serving : ServingStatus.ServiceUnknown;
        await responseStream.WriteAsync(Answer(status), context.CancellationToken);
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
    }

    private bool IsKnown(string service) => service.Length == 0 || services.Contains(service);

    private static HealthCheckResponse Answer(ServingStatus status) => new() { Status = status };
}
