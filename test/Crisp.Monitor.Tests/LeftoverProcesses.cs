using System.Text;
using Crisp.Linux;

namespace Crisp.Monitor.Tests;

/// <summary>Monitors and containers of a test that failed: to outlive whoever started them is their job.</summary>
internal static class LeftoverProcesses
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Kills what works in a fixture's directory, or was started with a path in it, until nothing of that is left.
    /// </summary>
    internal static void Kill(string directory, EventLoop loop)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (ProcessTable.Read().Where(process => BelongsTo(process, directory)).ToList() is { Count: > 0 } left)
        {
            foreach (var process in left)
                Kill(process, directory, loop, patience.Token);
        }
    }

    private static void Kill(ProcessEntry process, string directory, EventLoop loop, CancellationToken patience)
    {
        if (ProcessInfo.OpenPidFd(process.Pid) is not { } pidFd)
            return;
        using (pidFd)
        {
            if (!BelongsTo(process, directory)) // the number may be somebody else's by now
                return;
            PidFds.TrySignal(pidFd, Signals.Kill);
            loop.WaitReadableAsync(pidFd, patience).GetAwaiter().GetResult();
        }
    }

    private static bool BelongsTo(ProcessEntry process, string directory)
    {
        if (process.IsZombie || process.Pid == Environment.ProcessId)
            return false;
        try
        {
            var commandLine = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{process.Pid}/cmdline"));
            return commandLine.Contains(directory, StringComparison.Ordinal)
                || new FileInfo($"/proc/{process.Pid}/cwd").LinkTarget == directory;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended
        }
    }
}
