namespace Crisp.Pods.Work;

/// <summary>
/// A moment that can only come nearer: a second stop with a shorter grace period shortens the first, one with a longer
/// grace period changes nothing.
/// </summary>
internal sealed class ShrinkingDeadline : IDisposable
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly ITimer timer;

    internal ShrinkingDeadline(DateTimeOffset at, TimeProvider time)
    {
        this.time = time;
        At = at;
        timer = time.CreateTimer(_ => reached.TrySetResult(), null, Remaining(), Timeout.InfiniteTimeSpan);
    }

    internal DateTimeOffset At { get; private set; }

    internal Task Reached => reached.Task;

    /// <summary>True when this moved the deadline.</summary>
    internal bool TryShorten(DateTimeOffset at)
    {
        lock (gate)
        {
            if (at >= At)
                return false;
            At = at;
            timer.Change(Remaining(), Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    public void Dispose() => timer.Dispose();

    private TimeSpan Remaining()
    {
        TimeSpan remaining = At - time.GetUtcNow();
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }
}
