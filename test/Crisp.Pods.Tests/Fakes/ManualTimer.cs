namespace Crisp.Pods.Tests.Fakes;

/// <summary>A one-shot timer of <see cref="ManualTime"/>.</summary>
internal sealed class ManualTimer(ManualTime time, Action fire) : ITimer
{
    private DateTimeOffset? _due;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _due = dueTime == Timeout.InfiniteTimeSpan ? null : time.GetUtcNow() + dueTime;
        return true;
    }

    public void Dispose() => _due = null;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void FireIfDue()
    {
        if (_due is not { } due || due > time.GetUtcNow())
            return;
        _due = null;
        fire();
    }
}
