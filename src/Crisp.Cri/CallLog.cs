using Crisp.Errors;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Crisp.Cri;

/// <summary>
/// What surrounds every RPC: it turns errors into gRPC's, and writes the one line that says what was asked of which
/// object, how it ended and how long it took. Payloads are never logged.
/// </summary>
internal sealed class CallLog(ILogger<CallLog> log, TimeProvider time)
{
    /// <summary>How long a client of a stream may leave a message unread when it has no room for more.</summary>
    private static readonly TimeSpan SlowestReader = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A call that changes no object, as kubelet makes them all the time (status, lists, probes): logged at debug.
    /// </summary>
    public Task<TResponse> ReadAsync<TRequest, TResponse>(
        IRpc<TRequest, TResponse> rpc, TRequest request, ServerCallContext context)
        where TRequest : IMessage
        where TResponse : IMessage =>
        RunAsync(rpc, request, context, LogLevel.Debug);

    /// <summary>A call that changes something: logged at info.</summary>
    public Task<TResponse> ChangeAsync<TRequest, TResponse>(
        IRpc<TRequest, TResponse> rpc, TRequest request, ServerCallContext context)
        where TRequest : IMessage
        where TResponse : IMessage =>
        RunAsync(rpc, request, context, LogLevel.Information);

    /// <summary>
    /// A call that is answered with many messages. Each is taken by the caller before the next is made.
    /// </summary>
    public async Task StreamAsync<TRequest, TResponse>(
        IStreamRpc<TRequest, TResponse> rpc,
        TRequest request, IServerStreamWriter<TResponse> stream, ServerCallContext context)
        where TRequest : IMessage
        where TResponse : IMessage
    {
        var start = time.GetTimestamp();
        var method = rpc.GetType().Name;
        try
        {
            await foreach (var message in rpc.HandleAsync(request, context.CancellationToken))
                await WriteAsync(stream, message);
            if (log.IsEnabled(LogLevel.Debug))
                log.Done(LogLevel.Debug, method, CallSubject.Of(request), Milliseconds(start));
        }
        catch (Exception error)
        {
            var status = RpcErrors.ToRpc(error, time.GetUtcNow().UtcDateTime >= context.Deadline);
            LogFailure(method, CallSubject.Of(request), LogLevel.Debug, status, error, Milliseconds(start));
            throw status;
        }
    }

    private async Task WriteAsync<T>(IServerStreamWriter<T> stream, T message)
    {
        using var patience = new CancellationTokenSource(SlowestReader, time);
        try
        {
            await stream.WriteAsync(message, patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new CrispException(
                ErrorKind.ResourceExhausted,
                $"the client has not read its stream for {SlowestReader.TotalSeconds:0} s, so it is cut off");
        }
    }

    private async Task<TResponse> RunAsync<TRequest, TResponse>(
        IRpc<TRequest, TResponse> rpc, TRequest request, ServerCallContext context, LogLevel level)
        where TRequest : IMessage
        where TResponse : IMessage
    {
        var start = time.GetTimestamp();
        var method = rpc.GetType().Name;
        try
        {
            var response = await rpc.HandleAsync(request, context.CancellationToken);
            if (log.IsEnabled(level))
                log.Done(level, method, CallSubject.Of(request, response), Milliseconds(start));
            return response;
        }
        catch (Exception error)
        {
            var status = RpcErrors.ToRpc(error, time.GetUtcNow().UtcDateTime >= context.Deadline);
            LogFailure(method, CallSubject.Of(request), level, status, error, Milliseconds(start));
            throw status;
        }
    }

    private void LogFailure(
        string method, string subject, LogLevel level, RpcException status, Exception error, double milliseconds)
    {
        var code = status.StatusCode.ToString();
        if (RpcErrors.IsNotFound(status) && level == LogLevel.Debug)
            log.Failed(level, method, subject, code, status.Status.Detail, milliseconds);
        else if (RpcErrors.IsCancellation(status))
            log.Failed(LogLevel.Information, method, subject, code, status.Status.Detail, milliseconds);
        else if (RpcErrors.IsForeseen(error))
            log.Failed(LogLevel.Warning, method, subject, code, status.Status.Detail, milliseconds);
        else
            log.Unexpected(method, subject, milliseconds, error);
    }

    private double Milliseconds(long start) => Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 1);
}
