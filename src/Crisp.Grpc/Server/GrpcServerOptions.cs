using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Crisp.Grpc.Server;

/// <summary>What a <see cref="GrpcServer"/> listens on and how it treats calls.</summary>
public sealed record GrpcServerOptions
{
    /// <summary>16 MB, what kubelet and the other runtimes allow each other.</summary>
    public const int DefaultMaxMessageBytes = 16 * 1024 * 1024;

    /// <summary>Absolute, at most 106 bytes.</summary>
    public required string SocketPath { get; init; }

    /// <summary>Larger requests, also larger after decompression, are answered ResourceExhausted.</summary>
    public int MaxReceiveMessageBytes { get; init; } = DefaultMaxMessageBytes;

    /// <summary>Larger responses become ResourceExhausted.</summary>
    public int MaxSendMessageBytes { get; init; } = DefaultMaxMessageBytes;

    /// <summary>Answers plain HTTP/1.1 on the same socket; by default all is 404.</summary>
    public RequestDelegate? Http1Handler { get; init; }

    /// <summary>
    /// Turns a handler's exception into a status. Null for one it does not know: the client then sees Unknown, without
    /// detail.
    /// </summary>
    public Func<Exception, RpcException?>? MapException { get; init; }

    /// <summary>
    /// Told of every call, once, when it was answered (and see <see cref="CallOutcome.WithoutClient"/>).
    /// </summary>
    public Action<CallOutcome>? CallEnded { get; init; }
}
