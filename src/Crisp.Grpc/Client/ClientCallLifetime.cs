using Grpc.Core;

namespace Crisp.Grpc.Client;

/// <summary>How long a client's call may run: until it is cancelled, disposed, or its deadline passes.</summary>
internal sealed class ClientCallLifetime : IDisposable
{
    /// <summary>The longest wait a timer takes; a later deadline is none.</summary>
    private static readonly TimeSpan s_longestTimer = TimeSpan.FromDays(49);

    private readonly CancellationTokenSource? _deadline;
    private readonly CancellationTokenSource _disposed = new();
    private readonly CancellationTokenSource _any;
    private volatile bool _isOver;

    public ClientCallLifetime(CallOptions options, TimeProvider time)
    {
        if (options.Deadline is { } deadline && deadline != DateTime.MaxValue)
        {
            var remaining = deadline.ToUniversalTime() - time.GetUtcNow().UtcDateTime;
            Remaining = remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
            _deadline = Remaining > s_longestTimer ? null : new CancellationTokenSource(Remaining.Value, time);
        }

        _any = CancellationTokenSource.CreateLinkedTokenSource(
            options.CancellationToken, _deadline?.Token ?? CancellationToken.None, _disposed.Token);
        Token = _any.Token;
    }

    public TimeSpan? Remaining { get; }

    public CancellationToken Token { get; }

    /// <summary>Null while the call may run.</summary>
    public Status? EndedBy()
    {
        if (_deadline is { IsCancellationRequested: true })
        {
            return new Status(StatusCode.DeadlineExceeded, "the deadline has passed");
        }

        return Token.IsCancellationRequested ? new Status(StatusCode.Cancelled, "the call was cancelled") : null;
    }

    /// <summary>Does nothing once the call is over.</summary>
    public void Cancel()
    {
        if (!_isOver)
        {
            _disposed.Cancel();
        }
    }

    public void Dispose()
    {
        _isOver = true;
        _any.Dispose();
        _deadline?.Dispose();
        _disposed.Dispose();
    }
}
