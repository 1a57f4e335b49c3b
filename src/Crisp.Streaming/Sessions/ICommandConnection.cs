using Crisp.Streaming.RemoteCommand;

namespace Crisp.Streaming.Sessions;

/// <summary>An exec or attach session as one of the protocols carries it.</summary>
internal interface ICommandConnection : IAsyncDisposable
{
    /// <summary>Cancelled when the client is gone.</summary>
    CancellationToken Vanished { get; }

    /// <summary>The client's streams, once it has begun all that it asked for.</summary>
    Task<RemoteStreams> OpenAsync(CancellationToken cancellation);

    /// <summary>
    /// Ends the output, then says how it ended, then waits until the client has read that and closed.
    /// </summary>
    Task EndAsync(StatusMessage status, CancellationToken patience);
}
