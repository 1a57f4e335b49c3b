using System.Buffers;
using System.IO.Pipelines;
using Grpc.Core;

namespace Crisp.Grpc.Wire;

/// <summary>Takes messages off a stream, parsing each where the transport put it.</summary>
internal sealed class MessageReader(PipeReader source, string? encoding, int maxMessageBytes)
{
    private readonly bool _isGzip = encoding == GrpcHeaders.Gzip;

    /// <summary>The next message, or null where the stream ends before one begins.</summary>
    public async ValueTask<T?> ReadAsync<T>(Marshaller<T> marshaller, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            var result = await source.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = result.Buffer;
            var consumed = buffer.Start;
            try
            {
                if (TryTake(buffer, out var prefix, out var payload))
                {
                    consumed = payload.End;
                    return Parse(prefix, payload, marshaller);
                }

                if (result.IsCanceled)
                {
                    throw new OperationCanceledException("reading a message was cancelled");
                }

                if (result.IsCompleted)
                {
                    return buffer.IsEmpty ? null : throw CutOff(buffer.Length);
                }
            }
            finally
            {
                // All of a partial message counts as examined: the sender's flow-control window opens by it.
                source.AdvanceTo(consumed, consumed.Equals(buffer.Start) ? buffer.End : consumed);
            }
        }
    }

    private bool TryTake(
        in ReadOnlySequence<byte> buffer, out MessagePrefix prefix, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        if (!MessagePrefix.TryRead(buffer, maxMessageBytes, out prefix)
            || buffer.Length - MessagePrefix.Size < prefix.Length)
        {
            return false;
        }

        payload = buffer.Slice(MessagePrefix.Size, prefix.Length);
        return true;
    }

    private T Parse<T>(MessagePrefix prefix, in ReadOnlySequence<byte> payload, Marshaller<T> marshaller)
    {
        if (!prefix.IsCompressed)
        {
            return Parse(payload, marshaller);
        }

        if (!_isGzip)
        {
            throw new RpcException(new Status(
                StatusCode.Internal, "a message is marked as compressed, but the stream names no compression"));
        }

        using var plain = new PooledBuffer(Math.Min(prefix.Length * 4, maxMessageBytes));
        GzipCodec.Decompress(payload, plain, maxMessageBytes);
        return Parse(new ReadOnlySequence<byte>(plain.Written), marshaller);
    }

    private static T Parse<T>(in ReadOnlySequence<byte> payload, Marshaller<T> marshaller)
    {
        try
        {
            return marshaller.ContextualDeserializer(new MessagePayload(payload));
        }
        catch (Exception failure)
        {
            throw new RpcException(new Status(
                StatusCode.Internal, $"a message could not be parsed: {failure.Message}", failure));
        }
    }

    private static RpcException CutOff(long length) => new(new Status(
        StatusCode.Internal, $"the stream ended within a message, after {length} of its bytes"));
}
