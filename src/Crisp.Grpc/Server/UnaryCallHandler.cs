using Crisp.Grpc.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Crisp.Grpc.Server;

/// <summary>
/// One request, one response. When the deadline passes or the client goes away, the call is answered at once; the
/// handler may heed its token or go on, as state-changing work does.
/// </summary>
internal sealed class UnaryCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse> handler, ServerEnvironment environment)
    : CallHandler(method, environment)
    where TRequest : class
    where TResponse : class
{
    protected override bool EndsWithServer => false;

    protected override async Task RunAsync(HttpContext http, RunningCall call, ServerCallContext context)
    {
        var request = await ReadRequestAsync(http, call, method.RequestMarshaller).ConfigureAwait(false);
        call.Token.ThrowIfCancellationRequested();
        var running = handler(request, context);
        var response = await AwaitWhileWantedAsync(running, call).ConfigureAwait(false);
        Write(http, call, context, response);
    }

    private async Task<TResponse> AwaitWhileWantedAsync(Task<TResponse> running, RunningCall call)
    {
        try
        {
            return await running.WaitAsync(call.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!running.IsCompleted)
        {
            call.Context?.Detach();
            call.IsAbandoned = true;
            Environment.Abandoned.Enter();
            _ = TellOfLateEndAsync(running, call);
            throw;
        }
    }

    private async Task TellOfLateEndAsync(Task<TResponse> running, RunningCall call)
    {
        try
        {
            await running.ConfigureAwait(false);
            Tell(call, Status.DefaultSuccess, null, withoutClient: true);
        }
        catch (Exception failure)
        {
            Tell(call, HandlerStatusOf(failure), failure, withoutClient: true);
        }
        finally
        {
            call.Lifetime?.Dispose();
            Environment.Abandoned.Leave();
        }
    }

    /// <summary>The handler's own end, whatever became of its call.</summary>
    private Status HandlerStatusOf(Exception failure) => failure is OperationCanceledException
        ? Status.DefaultCancelled
        : StatusOf(failure, new RunningCall(started: 0));

    private void Write(HttpContext http, RunningCall call, ServerCallContext context, TResponse response)
    {
        var writer = new MessageWriter(http.Response.BodyWriter, Environment.Options.MaxSendMessageBytes);
        var mayCompress = context.WriteOptions?.Flags.HasFlag(WriteFlags.NoCompress) is not true;
        if (mayCompress && ResponseEncoding.UseGzip(http, call.Encoding))
        {
            writer.WriteCompressed(response, method.ResponseMarshaller);
        }
        else
        {
            writer.Write(response, method.ResponseMarshaller);
        }

        call.HasBody = true;
    }
}
