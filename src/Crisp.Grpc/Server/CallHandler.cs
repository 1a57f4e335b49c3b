using Crisp.Grpc.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Crisp.Grpc.Server;

/// <summary>Serves the calls of one method.</summary>
internal abstract class CallHandler(IMethod method, ServerEnvironment environment)
{
    protected ServerEnvironment Environment { get; } = environment;

    protected abstract bool EndsWithServer { get; }

    /// <summary>
    /// Step 1: agree on deadline and encoding. Step 2: read the request, run the handler, write what it returns.
    /// Step 3: end the response with the outcome's status, and tell of it.
    /// </summary>
    public async Task ServeAsync(HttpContext http)
    {
        var started = Environment.Time.GetTimestamp();
        http.Response.ContentType = GrpcHeaders.ContentType;
        var call = new RunningCall(started);
        var failure = await TryRunAsync(http, call).ConfigureAwait(false);
        var status = failure is null ? call.Context?.Status ?? Status.DefaultSuccess : StatusOf(failure, call);
        ResponseStatus.Write(http, status, call);
        if (!call.IsAbandoned)
        {
            call.Lifetime?.Dispose();
        }

        Tell(call, status, failure);
    }

    protected abstract Task RunAsync(HttpContext http, RunningCall call, ServerCallContext context);

    protected async Task<TRequest> ReadRequestAsync<TRequest>(
        HttpContext http, RunningCall call, Marshaller<TRequest> marshaller)
        where TRequest : class
    {
        var reader = new MessageReader(
            http.Request.BodyReader, call.Encoding, Environment.Options.MaxReceiveMessageBytes);
        var cancelled = call.Token;
        var request = await reader.ReadAsync(marshaller, cancelled).ConfigureAwait(false)
            ?? throw new RpcException(new Status(StatusCode.Internal, "the call has no request message"));
        call.Request = request;
        if (await reader.ReadAsync(marshaller, cancelled).ConfigureAwait(false) is not null)
        {
            throw new RpcException(new Status(StatusCode.Internal, "the call has more than one request message"));
        }

        return request;
    }

    protected void Tell(RunningCall call, Status status, Exception? failure, bool withoutClient = false) =>
        Environment.Options.CallEnded?.Invoke(new CallOutcome
        {
            Method = method.FullName,
            Request = call.Request,
            Status = status,
            Duration = Environment.Time.GetElapsedTime(call.Started),
            Failure = failure,
            WithoutClient = withoutClient,
        });

    /// <summary>A passed deadline, or a client that went away, explains whatever the handler threw.</summary>
    protected Status StatusOf(Exception failure, RunningCall call)
    {
        if (call.Lifetime?.EndedBy() is { } ended)
        {
            return ended;
        }

        var rpc = failure as RpcException ?? Environment.Options.MapException?.Invoke(failure);
        if (rpc is not null)
        {
            call.FailureTrailers = rpc.Trailers;
        }

        return rpc?.Status ?? new Status(StatusCode.Unknown, "the call failed inside the server", failure);
    }

    private async Task<Exception?> TryRunAsync(HttpContext http, RunningCall call)
    {
        try
        {
            call.Lifetime = CallLifetime.Start(http, Environment, EndsWithServer);
            call.Context = new HttpServerCall(http, method.FullName, call.Lifetime);
            call.Encoding = ResponseEncoding.OfRequest(http);
            await RunAsync(http, call, call.Context).ConfigureAwait(false);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
