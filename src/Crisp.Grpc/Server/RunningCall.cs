using Grpc.Core;

namespace Crisp.Grpc.Server;

/// <summary>What becomes known of a call while it is served.</summary>
internal sealed class RunningCall(long started)
{
    /// <summary>A timestamp of the environment's clock.</summary>
    public long Started { get; } = started;

    public CallLifetime? Lifetime { get; set; }

    public HttpServerCall? Context { get; set; }

    /// <summary>The request's compression; null is none.</summary>
    public string? Encoding { get; set; }

    public object? Request { get; set; }

    /// <summary>A message was written: the status must go into trailers.</summary>
    public bool HasBody { get; set; }

    /// <summary>The handler goes on, although the call was answered.</summary>
    public bool IsAbandoned { get; set; }

    public Metadata? FailureTrailers { get; set; }

    public CancellationToken Token => Lifetime?.Token ?? CancellationToken.None;
}
