using Crisp.Grpc.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Crisp.Grpc.Server;

/// <summary>Reads a stream of requests; none is read before the handler asks for it.</summary>
internal sealed class RequestStreamReader<T>(
    HttpContext http, RunningCall call, Marshaller<T> marshaller, int maxMessageBytes) : IAsyncStreamReader<T>
    where T : class
{
    private readonly MessageReader _reader = new(http.Request.BodyReader, call.Encoding, maxMessageBytes);
    private T? _current;

    public T Current =>
        _current ?? throw new InvalidOperationException("no message was read yet, or the stream has ended");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(call.Token, cancellationToken);
        _current = await _reader.ReadAsync(marshaller, either.Token).ConfigureAwait(false);
        return _current is not null;
    }
}
