using System.Globalization;

namespace Crisp.Linux;

/// <summary>
/// Tells of OOM situations of a v1 memory group by an eventfd (the kernel's cgroup-v1/memory.rst, section 10), for
/// kernels whose memory.oom_control counts no kills (before 4.13). It says that the group was out of memory, not who
/// died of it.
/// </summary>
public sealed class OomNotification : IDisposable
{
    private readonly FileDescriptor _event;
    private readonly FileDescriptor _control;

    private OomNotification(FileDescriptor notified, FileDescriptor control)
    {
        _event = notified;
        _control = control;
    }

    /// <summary>Null where the group has no such file: it is v2, or gone.</summary>
    public static OomNotification? TryOpen(string memoryGroup)
    {
        var notified = EventDescriptor.Create();
        FileDescriptor? control = null;
        try
        {
            control = FileDescriptor.Open($"{memoryGroup}/memory.oom_control", OpenFlags.ReadOnly);
            CgroupFiles.Write(
                memoryGroup, "cgroup.event_control",
                string.Create(CultureInfo.InvariantCulture, $"{notified.Number} {control.Number}"));
            return new OomNotification(notified, control);
        }
        catch (SyscallException)
        {
            notified.Dispose();
            control?.Dispose();
            return null;
        }
    }

    /// <summary>Whether the group was out of memory since the last call.</summary>
    public bool Take() => EventDescriptor.Reset(_event) > 0;

    public void Dispose()
    {
        _event.Dispose();
        _control.Dispose();
    }
}
