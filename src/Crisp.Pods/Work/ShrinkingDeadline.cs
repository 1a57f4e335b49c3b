namespace Crisp.Pods.Work;

/// <summary>
/// A moment that can only come nearer: a second stop with a shorter grace period shortens the first, one with a longer
/// grace period changes nothing. It begins at the end of time.
/// </summary>
internal sealed class ShrinkingDeadline
{
    /// <summary>The longest a timer can run; a later deadline is as good as none.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(45);

    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private DateTimeOffset _at = DateTimeOffset.MaxValue;
    private ITimer? _timer;

    internal ShrinkingDeadline(TimeProvider time) => _time = time;

    internal Task Reached => _reached.Task;

    /// <summary>True when this moved the deadline.</summary>
    internal bool TryShorten(DateTimeOffset at)
    {
        lock (_gate)
        {
            if (at >= _at)
                return false;
            _at = at;
            Arm(at - _time.GetUtcNow());
            return true;
        }
    }

    private void Arm(TimeSpan remaining)
    {
        if (remaining <= TimeSpan.Zero)
            _reached.TrySetResult();
        else if (_timer is null)
            _timer = _time.CreateTimer(_ => _reached.TrySetResult(), null, Due(remaining), Timeout.InfiniteTimeSpan);
        else
            _timer.Change(Due(remaining), Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan Due(TimeSpan remaining) => remaining < LongestTimer ? remaining : Timeout.InfiniteTimeSpan;
}
