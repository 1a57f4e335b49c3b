using Crisp.Linux;

namespace Crisp.Pods.Records;

/// <summary>One process for all times: a pid alone is somebody else's soon.</summary>
internal sealed record ProcessIdentity
{
    public required int Pid { get; init; }

    /// <summary>Clock ticks since boot (proc(5), /proc/PID/stat, field 22).</summary>
    public required ulong StartTime { get; init; }

    public required string BootId { get; init; }

    /// <summary>
    /// A descriptor of this very process, or null when it is gone. Looking at the start time after opening makes sure
    /// that the descriptor is not of a successor with the same pid.
    /// </summary>
    internal FileDescriptor? Open(string currentBootId)
    {
        if (BootId != currentBootId)
            return null;
        var process = ProcessInfo.OpenPidFd(Pid);
        if (process is null || ProcessInfo.StartTime(Pid) == StartTime)
            return process;
        process.Dispose();
        return null;
    }
}
