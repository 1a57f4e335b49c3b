namespace Crisp.Daemon.Hosting;

/// <summary>
/// Gives memory back after a burst of work. Left to itself the collector waits for the next burst, and a node's daemon
/// would hold the garbage of its busiest minute for days.
/// </summary>
internal sealed class MemoryTrim : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly TrimPolicy _policy = new();
    private readonly ITimer _timer;

    public MemoryTrim(TimeProvider time) => _timer = time.CreateTimer(_ => Trim(), null, Period, Period);

    public void Dispose() => _timer.Dispose();

    private void Trim()
    {
        if (_policy.ShouldTrim(GC.GetTotalAllocatedBytes()))
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
