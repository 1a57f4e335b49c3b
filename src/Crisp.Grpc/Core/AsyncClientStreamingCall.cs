namespace Grpc.Core;

/// <summary>
/// A running call with a stream of requests. CRI has none; declared for the shape of <see cref="CallInvoker"/>.
/// </summary>
public sealed class AsyncClientStreamingCall<TRequest, TResponse>(
    IClientStreamWriter<TRequest> requestStream,
    Task<TResponse> responseAsync)
{
    public IClientStreamWriter<TRequest> RequestStream { get; } = requestStream;

    public Task<TResponse> ResponseAsync { get; } = responseAsync;
}
