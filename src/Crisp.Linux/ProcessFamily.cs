namespace Crisp.Linux;

/// <summary>
/// A process, its descendants, and the members of its session, killed together. What has left both (a daemon, by
/// setsid and a second fork) is no member any more.
/// </summary>
public static class ProcessFamily
{
    /// <summary>Members may fork while they are killed; each round finds what the one before could not see.</summary>
    private const int MostRounds = 100;

    /// <summary>
    /// Kills them and waits until they are dead, each at most for the time given (a process in uninterruptible sleep
    /// dies later). Orphans among them, which a subreaper is given, are reaped. False: some are still alive.
    /// </summary>
    public static async Task<bool> KillAsync(int pid, EventLoop loop, TimeSpan patience)
    {
        if (ProcessTable.Find(pid) is not { } root)
            return true;
        using var deadline = new CancellationTokenSource(patience);
        for (var round = 0; round < MostRounds && !deadline.IsCancellationRequested; round++)
        {
            var members = Members(root).Where(member => !member.IsZombie).ToList();
            if (members.Count == 0)
                return true;
            await Task.WhenAll(members.Select(member => KillAsync(member, loop, deadline.Token))).ConfigureAwait(false);
        }

        return false;
    }

    private static List<ProcessEntry> Members(ProcessEntry root)
    {
        var table = ProcessTable.Read();
        var hasOwnSession = root.Session > 1 && root.Session != OwnSession(table);
        var members = table
            .Where(entry => IsSame(entry, root) || (hasOwnSession && entry.Session == root.Session)).ToList();
        var pids = members.Select(member => member.Pid).ToHashSet();

        // Parents may come after their children in the table: look again until nobody is found.
        for (var before = -1; before < members.Count;)
        {
            before = members.Count;
            members.AddRange(table.Where(entry => pids.Contains(entry.ParentPid) && pids.Add(entry.Pid)));
        }

        return members;
    }

    private static bool IsSame(ProcessEntry entry, ProcessEntry root) =>
        entry.Pid == root.Pid && entry.StartTime == root.StartTime;

    /// <summary>Our own session is never the target, whatever the process table says of the other.</summary>
    private static int? OwnSession(IReadOnlyList<ProcessEntry> table) =>
        table.Where(entry => entry.Pid == Environment.ProcessId).Select(entry => (int?)entry.Session).FirstOrDefault();

    private static async Task KillAsync(ProcessEntry member, EventLoop loop, CancellationToken cancellationToken)
    {
        using var pidFd = ProcessInfo.OpenPidFd(member.Pid);
        if (pidFd is null || ProcessInfo.StartTime(member.Pid) != member.StartTime)
            return;
        PidFds.Signal(pidFd, Signals.Kill);
        try
        {
            await loop.WaitReadableAsync(pidFd, cancellationToken).ConfigureAwait(false);
            if (!OwnedChildren.Contains(member.Pid))
                ChildReaper.TryReap(pidFd);
        }
        catch (OperationCanceledException)
        {
            // Still dying: the caller is told by the result.
        }
        catch (SyscallException e) when (e.Errno == Errno.ECHILD)
        {
            // Not a child of ours: its parent, or the container's init, takes notice.
        }
    }
}
