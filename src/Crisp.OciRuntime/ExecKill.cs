using Crisp.Linux;

namespace Crisp.OciRuntime;

/// <summary>
/// Ends an exec whose time is up: the command, all that descends from it, and its session. The run of the runtime,
/// whose successor the command is, then ends by itself.
/// </summary>
internal static class ExecKill
{
    /// <summary>How long processes may take to die after SIGKILL, and the runtime to end after that.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A runtime that has started nothing yet gets this long to do so, or is ended with nothing to kill.
    /// </summary>
    private static readonly TimeSpan s_startTime = TimeSpan.FromMilliseconds(100);

    public static async Task EndAsync(Task exec, CallFiles files, EventLoop loop, CancellationTokenSource giveUp)
    {
        if (files.ReadPid() is null)
        {
            giveUp.CancelAfter(s_startTime);
            await exec.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (files.ReadPid() is { } pid)
            await ProcessFamily.KillAsync(pid, loop, s_patience).ConfigureAwait(false);
        giveUp.CancelAfter(s_patience);
        await exec.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
