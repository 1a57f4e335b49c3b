using System.Diagnostics;

namespace Crisp.Bench.Peers;

/// <summary>A daemon process of ours: started with its output in a file, ended with SIGTERM and waited for.</summary>
public sealed class Daemon : IAsyncDisposable
{
    private readonly Process process;

    private Daemon(Process process) => this.process = process;

    public int Pid => process.Id;

    /// <summary>Starts the program and returns when its unix socket accepts a connection.</summary>
    public static async Task<Daemon> StartAsync(
        string program, string arguments, string log, string socket, string? path = null)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec {program} {arguments} >>{log} 2>&1"]);
        if (path is not null)
            start.Environment["PATH"] = path;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var daemon = new Daemon(process);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(socket)!) { EnableRaisingEvents = true };
        while (!Accepts(socket))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"{program} ended at once; see {log}:\n{File.ReadAllText(log)}");
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Run(() => watcher.WaitForChanged(WatcherChangeTypes.All, 50), deadline.Token);
        }

        return daemon;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            using (Process.Start("/bin/kill", ["-TERM", $"{process.Id}"]))
                await process.WaitForExitAsync();
        process.Dispose();
    }

    private static bool Accepts(string socket)
    {
        using var probe = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix,
            System.Net.Sockets.SocketType.Stream,
            System.Net.Sockets.ProtocolType.Unspecified);
        try
        {
            probe.Connect(new System.Net.Sockets.UnixDomainSocketEndPoint(socket));
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
