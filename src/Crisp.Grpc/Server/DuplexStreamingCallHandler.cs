using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Crisp.Grpc.Server;

/// <summary>
/// Streams both ways, each at its own pace. The handler ends when its token is cancelled, which a stopping server does
/// too: streams have no end of their own to wait for.
/// </summary>
internal sealed class DuplexStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method,
    DuplexStreamingServerMethod<TRequest, TResponse> handler,
    ServerEnvironment environment)
    : CallHandler(method, environment)
    where TRequest : class
    where TResponse : class
{
    protected override bool EndsWithServer => true;

    protected override async Task RunAsync(HttpContext http, RunningCall call, ServerCallContext context)
    {
        var requests = new RequestStreamReader<TRequest>(
            http, call, method.RequestMarshaller, Environment.Options.MaxReceiveMessageBytes);
        var responses = new ServerStreamWriter<TResponse>(
            http, call, method.ResponseMarshaller, Environment.Options.MaxSendMessageBytes);
        try
        {
            await handler(requests, responses, context).ConfigureAwait(false);
        }
        finally
        {
            responses.Close();
        }
    }
}
