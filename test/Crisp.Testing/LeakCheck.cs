using NUnit.Framework;

namespace Crisp.Testing;

/// <summary>After all pods of a node are removed nothing of them may remain, on the machine or in the daemon.</summary>
public static class LeakCheck
{
    /// <summary>
    /// A daemon that has nothing to do needs half of these at most. The pool ends its threads a while after their last
    /// work.
    /// </summary>
    private const int MostIdleThreads = 40;

    public static async Task AssertNothingIsLeftAsync(TestNode node)
    {
        IReadOnlyList<string> left = [];
        try
        {
            // Some of it goes a moment after the answer: the monitor of a container ends by itself, the kernel takes a
            // namespace's devices away when it has time.
            await Eventually.GetAsync(
                "nothing is left", async () => left = await Leftovers.FindAsync(node.Slot, node.Daemon.Id),
                found => found.Count == 0);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"left behind:\n  {string.Join("\n  ", left)}");
        }

        await Eventually.GetAsync(
            "the daemon holds no descriptor of a process or container",
            () => Task.FromResult(ProcessDescriptors(node.Daemon.Id)),
            count => count == 0);
        await Eventually.GetAsync(
            $"the daemon has at most {MostIdleThreads} threads",
            () => Task.FromResult(ProcessFigures.Of(node.Daemon.Id).Threads),
            count => count <= MostIdleThreads, TimeSpan.FromSeconds(90));
    }

    /// <summary>pidfds that a daemon without containers holds: each would be one that somebody forgot.</summary>
    private static int ProcessDescriptors(int daemon) =>
        Directory.EnumerateFiles($"/proc/{daemon}/fd")
            .Count(path => new FileInfo(path).LinkTarget is "anon_inode:[pidfd]");
}
