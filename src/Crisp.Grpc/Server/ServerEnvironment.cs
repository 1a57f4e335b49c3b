namespace Crisp.Grpc.Server;

/// <summary>What all calls of one server share.</summary>
internal sealed record ServerEnvironment(
    GrpcServerOptions Options, TimeProvider Time, CallsInFlight Abandoned, CancellationToken Stopping);
