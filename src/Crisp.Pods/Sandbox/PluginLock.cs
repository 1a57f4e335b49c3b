using Crisp.Errors;
using Crisp.Linux;

namespace Crisp.Pods.Sandbox;

/// <summary>
/// The lock that a pod's CNI plugins hold by a descriptor they inherit. Normally it is free; when a killed daemon left
/// a plugin running it is waited for, and then the plugin is killed.
/// </summary>
internal static class PluginLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    internal static async Task<FileDescriptor> TakeAsync(string path, TimeProvider time, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // a lock is never "/"
        return await WaitAsync(path, time, cancellation).ConfigureAwait(false)
            ?? await KillAndWaitAsync(path, time, cancellation).ConfigureAwait(false)
            ?? throw new CrispException(ErrorKind.Unavailable, $"a CNI plugin that cannot be killed holds {path}");
    }

    private static async Task<FileDescriptor?> KillAndWaitAsync(
        string path, TimeProvider time, CancellationToken cancellation)
    {
        foreach (var pid in DescriptorHolders.Of(path))
        {
            using var holder = ProcessInfo.OpenPidFd(pid);
            if (holder is not null && DescriptorHolders.Holds(pid, path))
                PidFds.Signal(holder, Signals.Kill);
        }

        return await WaitAsync(path, time, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// flock(2) has no descriptor to wait on, and this is the rarest of cases: it is asked for at intervals.
    /// </summary>
    private static async Task<FileDescriptor?> WaitAsync(string path, TimeProvider time, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            if (FileLock.TryLockExclusive(path) is { } held)
                return held;
            if (time.GetElapsedTime(start) > Patience)
                return null;
            await Task.Delay(Interval, time, cancellation).ConfigureAwait(false);
        }
    }
}
