using Crisp.Grpc.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Crisp.Grpc.Server;

/// <summary>
/// How long a call may run: until its client goes away, its deadline passes, or, for a stream, the server stops. A call
/// without a deadline costs nothing here: its token is the transport's.
/// </summary>
internal sealed class CallLifetime : IDisposable
{
    /// <summary>The longest wait a timer takes; a later deadline is none.</summary>
    private static readonly TimeSpan s_longestTimer = TimeSpan.FromDays(49);

    private readonly CancellationToken _aborted;
    private readonly CancellationToken _stopping;
    private readonly CancellationTokenSource? _deadline;
    private readonly CancellationTokenSource? _any;

    private CallLifetime(
        DateTime deadlineTime, CancellationTokenSource? deadline, CancellationToken aborted, CancellationToken stopping)
    {
        _aborted = aborted;
        _stopping = stopping;
        _deadline = deadline;
        Deadline = deadlineTime;
        if (deadline is not null || stopping.CanBeCanceled)
        {
            _any = CancellationTokenSource.CreateLinkedTokenSource(
                aborted, deadline?.Token ?? CancellationToken.None, stopping);
        }
    }

    /// <summary>UTC; <see cref="DateTime.MaxValue"/> is none.</summary>
    public DateTime Deadline { get; }

    public CancellationToken Token => _any?.Token ?? _aborted;

    /// <summary>Reads grpc-timeout. A value that is none is the client's fault, and said so.</summary>
    public static CallLifetime Start(HttpContext http, ServerEnvironment environment, bool endsWithServer)
    {
        var stopping = endsWithServer ? environment.Stopping : CancellationToken.None;
        var header = http.Request.Headers[GrpcHeaders.Timeout];
        if (header.Count == 0)
        {
            return new CallLifetime(DateTime.MaxValue, null, http.RequestAborted, stopping);
        }

        if (!GrpcTimeout.TryParse(header.ToString(), out var timeout))
        {
            throw new RpcException(new Status(StatusCode.Internal, $"malformed grpc-timeout: {header}"));
        }

        var deadline = timeout > s_longestTimer ? null : new CancellationTokenSource(timeout, environment.Time);
        return new CallLifetime(
            UtcIn(environment.Time, timeout), deadline, http.RequestAborted, stopping);
    }

    /// <summary>Why the token is cancelled, as the client is told; null if it is not.</summary>
    public Status? EndedBy()
    {
        if (_deadline is { IsCancellationRequested: true })
        {
            return new Status(StatusCode.DeadlineExceeded, "the deadline has passed");
        }

        if (_aborted.IsCancellationRequested)
        {
            return new Status(StatusCode.Cancelled, "the client went away");
        }

        return _stopping.IsCancellationRequested
            ? new Status(StatusCode.Unavailable, "the server is stopping")
            : null;
    }

    public void Dispose()
    {
        _any?.Dispose();
        _deadline?.Dispose();
    }

    private static DateTime UtcIn(TimeProvider time, TimeSpan timeout)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return timeout < DateTime.MaxValue - now ? now + timeout : DateTime.MaxValue;
    }
}
