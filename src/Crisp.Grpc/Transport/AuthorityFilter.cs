using System.IO.Pipelines;

namespace Crisp.Grpc.Transport;

/// <summary>
/// What Kestrel reads of an HTTP/2 connection. Clients of grpc-go's early years send the socket's path as
/// <c>:authority</c>, which Kestrel refuses. The bytes up to the first header block are copied through a
/// <see cref="HeaderRewriter"/>; if that finds a valid host, the connection itself is read from then on, untouched;
/// if not, everything goes on through the rewriter.
/// </summary>
internal sealed class AuthorityFilter(PipeReader connection) : PipeReader
{
    // No pause threshold: it holds no more than one read of the connection, whose own threshold bounds that.
    private readonly Pipe _filtered = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly HeaderRewriter _rewriter = new();
    private ReadResult _last;
    private bool _isPassing;

    public static IDuplexPipe Over(IDuplexPipe transport) =>
        new DuplexPipe(new AuthorityFilter(transport.Input), transport.Output);

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        _isPassing ? connection.ReadAsync(cancellationToken) : ReadFilteredAsync(cancellationToken);

    public override bool TryRead(out ReadResult result)
    {
        if (_isPassing)
        {
            return connection.TryRead(out result);
        }

        var isRead = _filtered.Reader.TryRead(out result);
        _last = result;
        return isRead;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_isPassing)
        {
            connection.AdvanceTo(consumed, examined);
            return;
        }

        var isAllConsumed = _last.Buffer.Slice(consumed).IsEmpty;
        _filtered.Reader.AdvanceTo(consumed, examined);
        _isPassing = isAllConsumed && !_last.IsCompleted && _rewriter.NeedsNothing;
    }

    /// <summary>The filtered pipe is cancelled when the connection's read comes back.</summary>
    public override void CancelPendingRead() => connection.CancelPendingRead();

    public override void Complete(Exception? exception = null)
    {
        _filtered.Writer.Complete();
        _filtered.Reader.Complete();
        connection.Complete(exception);
    }

    private async ValueTask<ReadResult> ReadFilteredAsync(CancellationToken cancellationToken)
    {
        while (!_filtered.Reader.TryRead(out _last))
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        return _last;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        var result = await connection.ReadAsync(cancellationToken).ConfigureAwait(false);
        var rest = _rewriter.Rewrite(result.Buffer, _filtered.Writer);
        if (result.IsCompleted)
        {
            HeaderRewriter.Copy(rest, _filtered.Writer);
            await _filtered.Writer.CompleteAsync().ConfigureAwait(false);
            connection.AdvanceTo(result.Buffer.End);
            return;
        }

        await _filtered.Writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        connection.AdvanceTo(rest.Start, _rewriter.NeedsNothing ? rest.Start : result.Buffer.End);
        if (result.IsCanceled)
        {
            _filtered.Reader.CancelPendingRead();
        }
    }
}
