namespace Crisp.Linux;

/// <summary>
/// Moves of processes between cgroups. Before the first one the kernel waits for an RCU grace period (5 to 15 ms, for
/// cgroup_threadgroup_rwsem); those that follow closely do not wait. An OCI runtime moves a container's process early.
/// </summary>
public static class CgroupMoves
{
    private const string Procs = "cgroup.procs";

    private static readonly Lazy<string?> s_own = new(FindOwnGroup);

    /// <summary>
    /// Says that a process will soon be moved, so that the grace period passes while other work is done: moves this
    /// process to the group where it is. Returns at once. Where that cannot be done the runtime waits as it always did.
    /// </summary>
    public static void Announce() => _ = Task.Factory.StartNew(
        MoveToOwnGroup, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void MoveToOwnGroup()
    {
        const string Myself = "0";
        try
        {
            if (s_own.Value is { } directory)
                CgroupFiles.Write(directory, Procs, Myself);
        }
        catch (SyscallException)
        {
            // It was only to save time.
        }
    }

    /// <summary>This process's group in any one hierarchy; null where none is visible.</summary>
    private static string? FindOwnGroup()
    {
        var layout = Cgroups.Layout;
        foreach (var line in (CgroupFiles.Read("/proc/self", "cgroup") ?? "")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split(':', 3); // number:controllers:path
            if (fields.Length == 3
                && DirectoryOf(layout, fields[1], fields[2]) is { } directory && File.Exists($"{directory}/{Procs}"))
                return directory;
        }

        return null;
    }

    private static string? DirectoryOf(CgroupLayout layout, string controllers, string path) =>
        controllers.Length == 0
            ? layout.IsUnified ? $"{CgroupLayout.UnifiedMountPoint}/{path.TrimStart('/')}" : null
            : layout.DirectoryOf(controllers.Split(',')[0], path);
}
