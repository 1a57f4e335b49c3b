using Grpc.Core;

namespace Crisp.Grpc.Server;

/// <summary>How one call ended: what a log line or a metric needs.</summary>
public sealed record CallOutcome
{
    /// <summary>The HTTP/2 path: /package.Service/Method.</summary>
    public required string Method { get; init; }

    /// <summary>The request message; null where none could be read.</summary>
    public object? Request { get; init; }

    /// <summary>What the client was told.</summary>
    public required Status Status { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>What the handler threw, if it did.</summary>
    public Exception? Failure { get; init; }

    /// <summary>
    /// The second outcome of a call whose client went away, or whose deadline passed, before its handler was done:
    /// this one is the handler's own.
    /// </summary>
    public bool WithoutClient { get; init; }
}
