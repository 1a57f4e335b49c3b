using System.Diagnostics;

namespace Crisp.Testing;

/// <summary>
/// The published daemon as systemd would run it: started, waited for by its readiness message, logged.
/// </summary>
public sealed class DaemonProcess
{
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
    public static Task<DaemonProcess> StartAsync(string configuration, string directory, IReadOnlyList<string> wrapper)
    {
        var socket = Path.Combine(directory, "notify.sock");
        return StartAsync([.. wrapper, .. Serve(configuration)], socket, socket);
    }

    /// <summary>The same for a daemon behind another program, which may see the socket under another path.</summary>
    public static async Task<DaemonProcess> StartAsync(
        IReadOnlyList<string> commandLine, string notifySocket, string notifySocketSeen)
    {
        using var ready = new NotifySocket(notifySocket);
        var daemon = Launch(commandLine, notifySocketSeen);
        using var deadline = new CancellationTokenSource(Eventually.Patience);
        var readiness = ready.WaitForAsync("READY=1", deadline.Token);
        if (await Task.WhenAny(readiness, daemon._process.WaitForExitAsync(deadline.Token)) == readiness
            && readiness.IsCompletedSuccessfully)
            return daemon;

        await deadline.CancelAsync();
        await daemon.KillAsync();
        throw new InvalidOperationException($"the daemon did not get ready:\n{daemon.Log}");
    }

    /// <summary>Starts a daemon that is expected to refuse, and returns its exit code and what it said.</summary>
    public static async Task<(int ExitCode, string Log)> RunToEndAsync(string configuration)
    {
        var daemon = Launch(Serve(configuration), notifySocket: null);
        using var deadline = new CancellationTokenSource(Eventually.Patience);
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
            await _process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        }
        catch (TimeoutException)
        {
            await KillAsync();
            throw new TimeoutException($"the daemon did not stop within {Eventually.Patience}:\n{Log}");
        }

        return _process.ExitCode;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    private static string[] Serve(string configuration) =>
        [Repository.Published("crisp"), "serve", "--config", configuration];

    private static DaemonProcess Launch(IReadOnlyList<string> commandLine, string? notifySocket)
    {
        var start = new ProcessStartInfo(commandLine[0], commandLine.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment.Remove("NOTIFY_SOCKET");
        if (notifySocket is not null)
            start.Environment["NOTIFY_SOCKET"] = notifySocket;

        var process = new Process { StartInfo = start };
        var log = new DaemonLog();
        process.OutputDataReceived += (_, line) => log.Add(line.Data);
        process.ErrorDataReceived += (_, line) => log.Add(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new DaemonProcess(process, log);
    }
}
