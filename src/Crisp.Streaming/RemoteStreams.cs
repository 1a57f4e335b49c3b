using Crisp.Streaming.RemoteCommand;

namespace Crisp.Streaming;

/// <summary>A client's streams, each null where it was not asked for.</summary>
public sealed record RemoteStreams
{
    /// <summary>Ends with the client's half-close; throws where the client is gone.</summary>
    public Stream? Stdin { get; init; }

    /// <summary>Writing waits for a slow client, and throws where it is gone.</summary>
    public Stream? Stdout { get; init; }

    public Stream? Stderr { get; init; }

    /// <summary>Sizes of the client's terminal, as they change; ends with the session.</summary>
    public IAsyncEnumerable<TerminalSize>? Sizes { get; init; }
}
