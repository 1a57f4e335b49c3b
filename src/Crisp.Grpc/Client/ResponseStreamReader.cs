using Grpc.Core;

namespace Crisp.Grpc.Client;

/// <summary>The messages of a stream, one at a time.</summary>
internal sealed class ResponseStreamReader<T>(ClientCall<T> call) : IAsyncStreamReader<T>
    where T : class
{
    private T? _current;
    private bool _isAtEnd;

    public T Current => _current ?? throw new InvalidOperationException("there is no current message");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        _current = _isAtEnd ? null : await call.ReadNextAsync(cancellationToken).ConfigureAwait(false);
        _isAtEnd = _current is null;
        return !_isAtEnd;
    }
}
