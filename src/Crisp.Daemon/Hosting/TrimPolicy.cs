namespace Crisp.Daemon.Hosting;

/// <summary>
/// Decides when memory is worth giving back: enough has been allocated since the last time for garbage to have piled
/// up, and the daemon has just been quiet, so that nobody waits for the few milliseconds it takes.
/// </summary>
internal sealed class TrimPolicy
{
    private const long WorthwhileBytes = 4 << 20;

    /// <summary>Allocated in one period by kubelet's polling of a node full of pods, and no more.</summary>
    private const long QuietBytes = 1 << 20;

    private long _allocatedAtTrim;
    private long _allocatedBefore;

    /// <param name="allocatedBytes">All that the process has ever allocated, asked once a period.</param>
    public bool ShouldTrim(long allocatedBytes)
    {
        var quiet = allocatedBytes - _allocatedBefore < QuietBytes;
        _allocatedBefore = allocatedBytes;
        if (!quiet || allocatedBytes - _allocatedAtTrim < WorthwhileBytes)
            return false;
        _allocatedAtTrim = allocatedBytes;
        return true;
    }
}
