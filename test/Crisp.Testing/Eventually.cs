using System.Diagnostics;

namespace Crisp.Testing;

/// <summary>
/// Waits for what nothing announces (a state that only a poll can see). Everything that has an event, a process that
/// ends, a log line, a readiness message, is waited for by that.
/// </summary>
public static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(15);

    /// <summary>The first value that satisfies, or a failure that shows the last one.</summary>
    public static async Task<T> GetAsync<T>(
        string what, Func<Task<T>> probe, Func<T, bool> satisfies, TimeSpan? patience = null)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (true)
        {
            T value = await probe();
            if (satisfies(value))
                return value;
            if (clock.Elapsed > (patience ?? Patience))
                throw new TimeoutException(
                    $"{what}: not so after {clock.Elapsed.TotalSeconds:0.0} s; last seen: {value}");
            await Task.Delay(Interval);
        }
    }

    public static Task BecomesTrueAsync(string what, Func<bool> condition, TimeSpan? patience = null) =>
        GetAsync(what, () => Task.FromResult(condition()), value => value, patience);
}
