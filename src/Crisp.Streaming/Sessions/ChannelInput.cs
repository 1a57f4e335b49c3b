using System.IO.Pipelines;

namespace Crisp.Streaming.Sessions;

/// <summary>
/// Stdin of a WebSocket session. Whatever was received is read before its reader learns how it ended: clients of v4 and
/// older have no other word for the end of their input than to close.
/// </summary>
internal sealed class ChannelInput(PipeReader received) : AsyncStream
{
    private readonly Stream _received = received.AsStream();
    private readonly TaskCompletionSource _consumed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Why it ended, if not by the client's word; set before the end comes.</summary>
    public IOException? Failure { get; set; }

    /// <summary>Ends when all of it is read, or nobody reads it any more.</summary>
    public Task Consumed => _consumed.Task;

    /// <summary>Nobody reads it any more.</summary>
    public void Release() => _consumed.TrySetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await _received.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (count > 0 || buffer.IsEmpty)
            return count;
        Release();
        return Failure is { } failure ? throw new IOException(failure.Message, failure) : 0;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
