using System.Diagnostics;

namespace Crisp.Testing;

/// <summary>The published daemon as systemd would run it: started, waited for by its readiness message, logged.</summary>
public sealed class DaemonProcess
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly DaemonLog _log;

    private DaemonProcess(Process process, DaemonLog log)
    {
        _process = process;
        _log = log;
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public DaemonLog Log => _log;

    /// <summary>Returns when the daemon has said READY=1; fails with its log when it ends before.</summary>
    public static async Task<DaemonProcess> StartAsync(string configuration, string directory)
    {
        using NotifySocket ready = new(Path.Combine(directory, "notify.sock"));
        DaemonProcess daemon = Launch(configuration, ready.Path);
        using CancellationTokenSource deadline = new(Eventually.Patience);
        Task readiness = ready.WaitForAsync("READY=1", deadline.Token);
        if (await Task.WhenAny(readiness, daemon._process.WaitForExitAsync(deadline.Token)) == readiness
            && readiness.IsCompletedSuccessfully)
            return daemon;

        deadline.Cancel();
        await daemon.KillAsync();
        throw new InvalidOperationException($"the daemon did not get ready:\n{daemon.Log}");
    }

    /// <summary>Starts a daemon that is expected to refuse, and returns its exit code and what it said.</summary>
    public static async Task<(int ExitCode, string Log)> RunToEndAsync(string configuration)
    {
        DaemonProcess daemon = Launch(configuration, notifySocket: null);
        using CancellationTokenSource deadline = new(Eventually.Patience);
        try
        {
            await daemon._process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            await daemon.KillAsync();
            throw new TimeoutException($"the daemon did not end:\n{daemon.Log}");
        }

        return (daemon._process.ExitCode, daemon.Log.ToString());
    }

    /// <summary>SIGTERM: the daemon finishes what runs and leaves containers alone.</summary>
    public async Task<int> StopAsync()
    {
        (await Command.RunAsync("kill", "-TERM", $"{Id}")).ShouldSucceed();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(StopPatience);
        }
        catch (TimeoutException)
        {
            await KillAsync();
            throw new TimeoutException($"the daemon did not stop within {StopPatience}:\n{Log}");
        }

        return _process.ExitCode;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    private static DaemonProcess Launch(string configuration, string? notifySocket)
    {
        ProcessStartInfo start = new(Repository.Published("crisp"), ["serve", "--config", configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment.Remove("NOTIFY_SOCKET");
        if (notifySocket is not null)
            start.Environment["NOTIFY_SOCKET"] = notifySocket;

        Process process = new() { StartInfo = start };
        DaemonLog log = new();
        process.OutputDataReceived += (_, line) => log.Add(line.Data);
        process.ErrorDataReceived += (_, line) => log.Add(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new DaemonProcess(process, log);
    }
}
