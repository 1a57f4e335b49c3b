using Crisp.Linux;

namespace Crisp.Daemon.Hosting;

/// <summary>
/// Gives memory back after the start and after a burst of work. Left to itself the collector waits for the next burst,
/// and a node's daemon would hold the garbage of its busiest minute for days; code that ran once stays in place, too.
/// </summary>
internal sealed class MemoryTrim : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly TrimPolicy _policy = new();
    private readonly ITimer _timer;

    public MemoryTrim(TimeProvider time)
    {
        ProgramCode.Release();
        _timer = time.CreateTimer(_ => Trim(), null, Period, Period);
    }

    public void Dispose() => _timer.Dispose();

    private void Trim()
    {
        if (!_policy.ShouldTrim(GC.GetTotalAllocatedBytes()))
            return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        ProgramCode.Release();
    }
}
