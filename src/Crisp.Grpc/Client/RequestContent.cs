using System.Net;
using System.Net.Http.Headers;
using Crisp.Grpc.Wire;
using Grpc.Core;

namespace Crisp.Grpc.Client;

/// <summary>A request's one message, serialized before the call starts.</summary>
internal sealed class RequestContent : HttpContent
{
    private readonly PooledBuffer _message = new(sizeHint: 0);

    private RequestContent() => Headers.ContentType = new MediaTypeHeaderValue(GrpcHeaders.ContentType);

    public static RequestContent From<T>(T message, Marshaller<T> marshaller, UnixSocketChannelOptions options)
    {
        var content = new RequestContent();
        var writer = new MessageWriter(content._message, options.MaxSendMessageBytes);
        if (options.CompressRequests)
        {
            writer.WriteCompressed(message, marshaller);
        }
        else
        {
            writer.Write(message, marshaller);
        }

        return content;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        stream.WriteAsync(_message.Written, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = _message.Written.Length;
        return true;
    }
}
