using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Crisp.Grpc.Server;

/// <summary>
/// One request, a stream of responses. The handler ends when its token is cancelled, which a stopping server does
/// too: streams have no end of their own to wait for.
/// </summary>
internal sealed class ServerStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method,
    ServerStreamingServerMethod<TRequest, TResponse> handler,
    ServerEnvironment environment)
    : CallHandler(method, environment)
    where TRequest : class
    where TResponse : class
{
    protected override bool EndsWithServer => true;

    protected override async Task RunAsync(HttpContext http, RunningCall call, ServerCallContext context)
    {
        var request = await ReadRequestAsync(http, call, method.RequestMarshaller).ConfigureAwait(false);
        call.Token.ThrowIfCancellationRequested();
        var stream = new ServerStreamWriter<TResponse>(
            http, call, method.ResponseMarshaller, Environment.Options.MaxSendMessageBytes);
        try
        {
            await handler(request, stream, context).ConfigureAwait(false);
        }
        finally
        {
            stream.Close();
        }
    }
}
