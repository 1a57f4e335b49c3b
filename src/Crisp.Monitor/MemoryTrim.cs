namespace Crisp.Monitor;

/// <summary>
/// Gives garbage back. The collector's nursery is as large as the processor's caches let it be, and a monitor that a
/// thousand clients have attached to would hold 1.5 MB of it until its end.
/// </summary>
internal sealed class MemoryTrim
{
    private const long WorthwhileBytes = 128 * 1024;

    private long _allocatedAtTrim;

    /// <summary>Called after what daemons ask for; logging allocates nothing.</summary>
    internal void AfterRequest()
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread(); // there is no other thread that allocates
        if (allocated - _allocatedAtTrim < WorthwhileBytes)
            return;
        _allocatedAtTrim = allocated;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
