using Crisp.Grpc.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Crisp.Grpc.Server;

/// <summary>
/// Writes a stream's messages; each is flushed, and awaiting it is the back-pressure of a slow client.
/// </summary>
internal sealed class ServerStreamWriter<T>(
    HttpContext http, RunningCall call, Marshaller<T> marshaller, int maxMessageBytes) : IServerStreamWriter<T>
{
    private readonly MessageWriter _writer = new(http.Response.BodyWriter, maxMessageBytes);
    private readonly bool _isGzip = ResponseEncoding.UseGzip(http, call.Encoding);
    private int _busy;
    private volatile bool _isClosed;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        call.Token.ThrowIfCancellationRequested();
        cancellationToken.ThrowIfCancellationRequested();
        if (_isClosed || Interlocked.Exchange(ref _busy, 1) != 0)
        {
            throw new InvalidOperationException("a message is written while another is, or after the stream's end");
        }

        try
        {
            Serialize(message);
            call.HasBody = true;
            if (WriteOptions?.Flags.HasFlag(WriteFlags.BufferHint) is not true)
            {
                await FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    /// <summary>After this a handler that kept the writer cannot write into another call's response.</summary>
    public void Close() => _isClosed = true;

    /// <summary>
    /// A write that is given up takes the stream with it: what was to be sent would otherwise be kept for a client that
    /// does not read.
    /// </summary>
    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled || cancellationToken == call.Token)
        {
            await http.Response.BodyWriter.FlushAsync(call.Token).ConfigureAwait(false);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(call.Token, cancellationToken);
        try
        {
            await http.Response.BodyWriter.FlushAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            http.Abort();
            throw;
        }
    }

    private void Serialize(T message)
    {
        if (_isGzip && WriteOptions?.Flags.HasFlag(WriteFlags.NoCompress) is not true)
        {
            _writer.WriteCompressed(message, marshaller);
        }
        else
        {
            _writer.Write(message, marshaller);
        }
    }
}
