namespace Crisp.Linux;

/// <summary>The host's cgroups, by group paths such as "/kubepods/burstable/podX/crio-ID".</summary>
public static class Cgroups
{
    private static readonly Lazy<CgroupLayout> s_layout = new(ReadLayout);

    /// <summary>As it was at the first look; hosts do not change it while they run.</summary>
    public static CgroupLayout Layout => s_layout.Value;

    public static bool IsUnified => Layout.IsUnified;

    /// <summary>
    /// The controllers of a v2 tree that is mounted beside v1's, as it is now: most hosts have none there. This can
    /// change while the host runs, with a mount.
    /// </summary>
    public static IReadOnlyList<string> ReadSplitControllers() => IsUnified
        ? []
        : (CgroupFiles.Read($"{CgroupLayout.UnifiedMountPoint}/unified", "cgroup.controllers") ?? "")
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// Makes a group in every hierarchy that holds a controller; on v2 hands the controllers down to it.
    /// </summary>
    public static void Create(string group)
    {
        foreach (var mount in Layout.Controllers.Values.Distinct())
        {
            Directory.CreateDirectory($"{mount}/{group.TrimStart('/')}");
            if (IsUnified)
                DelegateControllers(mount, group);
            else if (Layout.Controllers.TryGetValue("cpuset", out var cpuset) && cpuset == mount)
                FillCpuset(mount, group);
        }
    }

    public static bool Exists(string group) => Layout.DirectoriesOf(group).Any(Directory.Exists);

    /// <summary>The period stays. Without the controller there is no quota either.</summary>
    public static void RemoveCpuQuota(string group)
    {
        if (Layout.DirectoryOf("cpu", group) is not { } directory)
            return;
        if (IsUnified)
            CgroupFiles.Write(directory, "cpu.max", "max");
        else
            CgroupFiles.Write(directory, "cpu.cfs_quota_us", "-1");
    }

    /// <summary>The processes of a group and of the groups beneath it, in any hierarchy.</summary>
    public static IReadOnlySet<int> Processes(string group)
    {
        var pids = new HashSet<int>();
        foreach (var directory in Layout.DirectoriesOf(group))
        {
            foreach (var inner in DirectoriesDeepestFirst(directory))
                pids.UnionWith(CgroupFiles.ReadProcesses(inner));
        }

        return pids;
    }

    /// <summary>
    /// Kills every process in the group and beneath it, and waits for their ends by pidfd. On v2 the kernel kills all
    /// at once (cgroup.kill, Linux 5.14); else they are signalled in rounds until none is left.
    /// </summary>
    public static async Task KillAsync(string group, EventLoop loop, CancellationToken cancellationToken)
    {
        Thaw(group);
        while (true)
        {
            if (IsUnified)
                TryKillByKernel(group);
            var waits = new List<Task>();
            foreach (var pid in Processes(group))
            {
                if (ProcessInfo.OpenPidFd(pid) is not { } pidFd)
                    continue;
                using (pidFd)
                {
                    // The pid may have been reused since it was listed: whoever it is now must still be in the group.
                    if (!IsMember(pid, group))
                        continue;
                    PidFds.Signal(pidFd, Signals.Kill);
                    waits.Add(loop.WaitReadableAsync(pidFd, cancellationToken));
                }
            }

            if (waits.Count == 0)
                return;
            await Task.WhenAll(waits).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Removes the group and those beneath it everywhere. A process that has just ended holds its group for a moment,
    /// so EBUSY is tried again for a while; then it is an error.
    /// </summary>
    public static async Task RemoveAsync(string group, TimeProvider clock, CancellationToken cancellationToken)
    {
        const int Tries = 10;
        for (var i = 0; ; i++)
        {
            if (TryRemove(group) is not { } error)
                return;
            if (i == Tries)
                throw error;
            await Task.Delay(TimeSpan.FromMilliseconds(1 << i), clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Null when nothing of it is left.</summary>
    public static SyscallException? TryRemove(string group)
    {
        SyscallException? failure = null;
        foreach (var directory in Layout.DirectoriesOf(group))
        {
            foreach (var inner in DirectoriesDeepestFirst(directory))
                failure = Directories.TryRemove(inner) ?? failure;
        }

        return failure;
    }

    private static CgroupLayout ReadLayout()
    {
        var controllers = CgroupFiles.Read(CgroupLayout.UnifiedMountPoint, "cgroup.controllers") ?? "";
        return CgroupLayout.From(Mounts.Read(), controllers);
    }

    private static IEnumerable<string> DirectoriesDeepestFirst(string directory)
    {
        if (!Directory.Exists(directory))
            return [];
        try
        {
            var beneath = Directory.GetDirectories(directory, "*", SearchOption.AllDirectories);
            return beneath.OrderByDescending(path => path.Length).Append(directory);
        }
        catch (DirectoryNotFoundException)
        {
            return [directory]; // removed by somebody else meanwhile
        }
    }

    /// <summary>cgroup.subtree_control of each ancestor; a controller that cannot be handed down is left out.</summary>
    private static void DelegateControllers(string mount, string group)
    {
        var ancestor = mount;
        foreach (var name in group.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var controller in (CgroupFiles.Read(ancestor, "cgroup.controllers") ?? "").Split(' '))
                TryWrite(ancestor, "cgroup.subtree_control", "+" + controller.Trim());
            ancestor = $"{ancestor}/{name}";
        }
    }

    /// <summary>A new v1 cpuset group has no CPUs, and no process can enter it: it gets its parent's.</summary>
    private static void FillCpuset(string mount, string group)
    {
        var directory = mount;
        foreach (var name in group.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var child = $"{directory}/{name}";
            foreach (var file in (string[])["cpuset.cpus", "cpuset.mems"])
            {
                if (string.IsNullOrWhiteSpace(CgroupFiles.Read(child, file)))
                    TryWrite(child, file, (CgroupFiles.Read(directory, file) ?? "").Trim());
            }

            directory = child;
        }
    }

    /// <summary>A frozen v1 group does not even die.</summary>
    private static void Thaw(string group)
    {
        if (!IsUnified && Layout.DirectoryOf("freezer", group) is { } directory && Directory.Exists(directory))
            TryWrite(directory, "freezer.state", "THAWED");
    }

    private static void TryKillByKernel(string group) =>
        TryWrite(Layout.DirectoriesOf(group).First(), "cgroup.kill", "1");

    private static bool IsMember(int pid, string group)
    {
        var wanted = ":/" + group.Trim('/');
        try
        {
            return File.ReadLines($"/proc/{pid}/cgroup").Any(line =>
                line.EndsWith(wanted, StringComparison.Ordinal) || line.Contains(wanted + "/"));
        }
        catch (IOException)
        {
            return false; // it has ended
        }
    }

    private static void TryWrite(string directory, string file, string value)
    {
        try
        {
            CgroupFiles.Write(directory, file, value);
        }
        catch (SyscallException)
        {
            // The group is gone, or this kernel or this controller cannot: the caller's next step shows what matters.
        }
    }
}
