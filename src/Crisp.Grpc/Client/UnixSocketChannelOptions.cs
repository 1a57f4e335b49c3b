namespace Crisp.Grpc.Client;

/// <summary>How a channel treats its calls.</summary>
public sealed record UnixSocketChannelOptions
{
    private const int DefaultMaxMessageBytes = 16 * 1024 * 1024;

    /// <summary>Larger responses, also larger after decompression, fail with ResourceExhausted.</summary>
    public int MaxReceiveMessageBytes { get; init; } = DefaultMaxMessageBytes;

    /// <summary>Larger requests fail with ResourceExhausted before anything is sent.</summary>
    public int MaxSendMessageBytes { get; init; } = DefaultMaxMessageBytes;

    /// <summary>Requests go out as gzip; a server then answers in kind.</summary>
    public bool CompressRequests { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
