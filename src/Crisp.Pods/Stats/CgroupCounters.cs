namespace Crisp.Pods.Stats;

/// <summary>What the kernel counts for one cgroup, whichever version it speaks. A part that is not there is null.</summary>
internal sealed record CgroupCounters(ulong? CpuNanos, MemoryStats? Memory, SwapStats? Swap);
