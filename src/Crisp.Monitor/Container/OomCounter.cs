using Crisp.Linux;

namespace Crisp.Monitor.Container;

/// <summary>
/// How many processes of the container's cgroup the kernel has killed for want of memory: "oom_kill" in memory.events
/// (v2) or memory.oom_control (v1); on kernels that do not count, whether v1's eventfd has told of a want of memory. A
/// container was OOM-killed when its first process ended with 137, by SIGKILL or by passing on that of a child, and the
/// counter has grown since the last SIGKILL that was asked for here, or since its start: the counter alone would blame
/// an exit on a child that died hours before. systemd removes a scope as soon as it is empty, maybe before its counter
/// is read; v2 counts the kills in the group above as well, which then tells.
/// </summary>
internal sealed class OomCounter : IDisposable
{
    private readonly string? _memoryCgroup;
    private readonly OomNotification? _notification;
    private ulong _baseline;
    private ulong _baselineAbove;

    internal OomCounter(string? memoryCgroup)
    {
        _memoryCgroup = memoryCgroup;
        if (memoryCgroup is not null && Read() is null)
            _notification = OomNotification.TryOpen(memoryCgroup);
        SetBaseline();
    }

    internal void SetBaseline()
    {
        _baseline = Read() ?? 0;
        _baselineAbove = ReadAbove();
        _notification?.Take();
    }

    internal bool HasGrown() =>
        _notification?.Take() ?? (Read() is { } count ? count > _baseline : ReadAbove() > _baselineAbove);

    public void Dispose() => _notification?.Dispose();

    private ulong? Read() => _memoryCgroup is null
        ? null
        : CgroupFiles.ReadKeyed(_memoryCgroup, "memory.events", "oom_kill")
            ?? CgroupFiles.ReadKeyed(_memoryCgroup, "memory.oom_control", "oom_kill");

    private ulong ReadAbove() => Path.GetDirectoryName(_memoryCgroup) is { } above
        ? CgroupFiles.ReadKeyed(above, "memory.events", "oom_kill") ?? 0
        : 0;
}
