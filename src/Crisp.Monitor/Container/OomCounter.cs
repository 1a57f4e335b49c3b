using Crisp.Linux;

namespace Crisp.Monitor.Container;

/// <summary>
/// How many processes of the container's cgroup the kernel has killed for want of memory: "oom_kill" in memory.events
/// (v2) or memory.oom_control (v1). A container was OOM-killed when its first process ended with 137, by SIGKILL or by
/// passing on that of a child, and the counter has grown since the last SIGKILL that was asked for here, or since its
/// start: the counter alone would blame an exit on a child that died hours before.
/// </summary>
internal sealed class OomCounter(string? memoryCgroup)
{
    private ulong _baseline;

    internal void SetBaseline() => _baseline = Read();

    internal bool HasGrown() => Read() > _baseline;

    private ulong Read()
    {
        if (memoryCgroup is null)
            return 0;
        return CgroupFiles.ReadKeyed(memoryCgroup, "memory.events", "oom_kill")
            ?? CgroupFiles.ReadKeyed(memoryCgroup, "memory.oom_control", "oom_kill")
            ?? 0;
    }
}
