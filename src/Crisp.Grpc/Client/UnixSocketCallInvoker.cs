using Grpc.Core;

namespace Crisp.Grpc.Client;

/// <summary>Starts the calls of generated clients on a channel.</summary>
internal sealed class UnixSocketCallInvoker(
    HttpMessageInvoker http, string socketPath, UnixSocketChannelOptions options) : CallInvoker
{
    /// <summary>For programs without a thread pool to starve: generated code offers it, crisp itself awaits.</summary>
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        AsyncUnaryCall(method, host, options, request).GetAwaiter().GetResult();

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = Start(method, options, request);
        return new AsyncUnaryCall<TResponse>(
            call.ReadSingleAsync(), call.HeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = Start(method, options, request);
        return new AsyncServerStreamingCall<TResponse>(
            new ResponseStreamReader<TResponse>(call),
            call.HeadersAsync,
            call.GetStatus,
            call.GetTrailers,
            call.Dispose);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        throw new NotSupportedException($"{method.FullName}: CRI has no streams of requests");

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        throw new NotSupportedException($"{method.FullName}: CRI has no streams of requests");

    private ClientCall<TResponse> Start<TRequest, TResponse>(
        Method<TRequest, TResponse> method, CallOptions callOptions, TRequest request)
        where TRequest : class
        where TResponse : class
    {
        var lifetime = new ClientCallLifetime(callOptions, options.Time);
        var call = new ClientCall<TResponse>(method.ResponseMarshaller, socketPath, options, lifetime);
        call.Start(http, () => RequestFactory.Create(method, callOptions, request, options, lifetime));
        return call;
    }
}
