using System.Collections.Concurrent;

namespace Crisp.Linux;

/// <summary>
/// Which children of this process somebody waits for. A subreaper gets others besides, orphans of the programs it ran;
/// those are reaped here, and only here, so that nobody's exit status is taken away.
/// </summary>
public static class OwnedChildren
{
    private static readonly ConcurrentDictionary<int, bool> s_owned = new();
    private static int s_expected;

    /// <summary>1: orphans were left.</summary>
    private static int s_left;

    /// <summary>
    /// Until disposed, any child may be one that its owner does not know by number yet: one being spawned, or one that
    /// a running program will leave to us.
    /// </summary>
    public static IDisposable Expect() => new Expectation();

    /// <summary>
    /// Reaps the orphans that have ended. While children are expected, or an owner is about to reap his, they are left
    /// until that is over: nobody may call again for long, and the init of a PID namespace does not end before all in
    /// it are reaped.
    /// </summary>
    public static void ReapOrphans()
    {
        while (ChildReaper.Peek() is { } pid)
        {
            if (MayHaveAnOwner(pid))
            {
                Interlocked.Exchange(ref s_left, 1);
                if (MayHaveAnOwner(pid))
                    return;
            }

            ChildReaper.TryReap(pid); // or somebody was quicker
        }
    }

    internal static bool Contains(int pid) => s_owned.ContainsKey(pid);

    internal static void Add(int pid) => s_owned[pid] = true;

    internal static void Remove(int pid)
    {
        s_owned.TryRemove(pid, out _);
        ReapThoseLeft();
    }

    private static bool MayHaveAnOwner(int pid) => Volatile.Read(ref s_expected) > 0 || Contains(pid);

    private static void ReapThoseLeft()
    {
        if (Interlocked.Exchange(ref s_left, 0) == 1)
            ReapOrphans();
    }

    private sealed class Expectation : IDisposable
    {
        private int _ended;

        internal Expectation() => Interlocked.Increment(ref s_expected);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) != 0)
                return;
            Interlocked.Decrement(ref s_expected);
            ReapThoseLeft();
        }
    }
}
