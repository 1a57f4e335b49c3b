using Crisp.Linux;

namespace Crisp.MonitorProtocol;

/// <summary>How a connection begins: with a new monitor, or with one that is there.</summary>
public sealed partial class MonitorClient
{
    /// <summary>How long an aborted monitor gets to kill its runtime and end, before it is killed itself.</summary>
    private static readonly TimeSpan s_abortTime = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Starts a monitor, which runs the runtime's create, and returns when that is done. A failed create is a
    /// <see cref="MonitorCreateException"/> with the runtime's own words. A cancellation kills the create and the monitor.
    /// The monitor runs on when the daemon ends, and is reaped here when it ends first.
    /// </summary>
    public static async Task<MonitorClient> LaunchAsync(
        string monitorProgram, MonitorLaunch launch, EventLoop loop, CancellationToken cancellationToken)
    {
        (SeqPacketSocket ours, SeqPacketSocket theirs) = SeqPacketSocket.Pair();
        var client = new MonitorClient(ours, loop, launch.ContainerId, launch.ExitRecordPaths);
        try
        {
            Task ended = StartMonitor(monitorProgram, launch.SocketPath, theirs, loop, out ChildProcess monitor);
            client._receiving = client.ReceiveAsync();
            await client.CreateAsync(launch, monitor, ended, cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Connects to the monitor that listens on a path; null when nobody does. Where the container has ended already,
    /// <see cref="Exit"/> is complete soon after. The record paths are where to look if the monitor is lost.
    /// </summary>
    public static async Task<MonitorClient?> ConnectAsync(
        string socketPath, EventLoop loop, CancellationToken cancellationToken, IReadOnlyList<string>? exitRecordPaths = null)
    {
        if (SeqPacketSocket.Connect(socketPath) is not { } socket)
            return null;
        var client = new MonitorClient(socket, loop, Path.GetFileName(socketPath), exitRecordPaths ?? []);
        try
        {
            client._receiving = client.ReceiveAsync();
            await client.SendAsync(new Hello(MonitorCodec.Version), cancellationToken).ConfigureAwait(false);
            await client._created.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch (Exception error) when (error is MonitorLostException or MonitorCreateException)
        {
            await client.DisposeAsync().ConfigureAwait(false);
            return null; // it was about to end, or ends now since its create has failed
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes over the monitor's end of the connection: held open here, it would hide the monitor's death.</summary>
    private static Task StartMonitor(
        string program, string socketPath, SeqPacketSocket connection, EventLoop loop, out ChildProcess monitor)
    {
        try
        {
            using SeqPacketSocket given = connection;
            monitor = ChildProcess.Start(new SpawnRequest
            {
                Program = program,
                Arguments = [socketPath], // only for those who read ps: it names the container
                Inherited = [given.Descriptor],
                NewSession = true,
                WorkingDirectory = "/",
                BlockedSignals = MonitorSignals.Blocked,
            });
        }
        catch (SyscallException error)
        {
            throw new MonitorCreateException($"cannot start the monitor {program}: {error.Errno.Describe()}", error);
        }

        return ReapAsync(monitor, loop);
    }

    /// <summary>Waits for the monitor's end, however long that takes, so that no zombie is left.</summary>
    private static async Task ReapAsync(ChildProcess monitor, EventLoop loop)
    {
        using (monitor)
        {
            await loop.WaitReadableAsync(monitor.PidFd, CancellationToken.None).ConfigureAwait(false);
            monitor.TryReap();
        }
    }

    private async Task CreateAsync(
        MonitorLaunch launch, ChildProcess monitor, Task ended, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(new Hello(MonitorCodec.Version), cancellationToken).ConfigureAwait(false);
            await SendAsync(new LaunchContainer(launch), cancellationToken).ConfigureAwait(false);
            await _created.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MonitorLostException error)
        {
            throw new MonitorCreateException(
                $"the monitor of container {_containerName} ended before the container was created", error);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await AbortAsync(monitor, ended).ConfigureAwait(false);
            throw;
        }
    }

    private async Task AbortAsync(ChildProcess monitor, Task ended)
    {
        try
        {
            await SendAsync(new AbortCreate(), CancellationToken.None).ConfigureAwait(false);
            await ended.WaitAsync(s_abortTime).ConfigureAwait(false);
        }
        catch (MonitorLostException)
        {
            await ended.ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            monitor.Signal(Signals.Kill);
            await ended.ConfigureAwait(false);
        }
    }
}
