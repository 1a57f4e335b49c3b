namespace Grpc.Core;

/// <summary>
/// A running call with streams both ways. crisp is no client of such; declared for the shape of
/// <see cref="CallInvoker"/>.
/// </summary>
public sealed class AsyncDuplexStreamingCall<TRequest, TResponse>(
    IClientStreamWriter<TRequest> requestStream,
    IAsyncStreamReader<TResponse> responseStream)
{
    public IClientStreamWriter<TRequest> RequestStream { get; } = requestStream;

    public IAsyncStreamReader<TResponse> ResponseStream { get; } = responseStream;
}
