using Crisp.Linux;

namespace Crisp.MonitorProtocol;

/// <summary>How a connection begins: with a new monitor, or with one that is there.</summary>
public sealed partial class MonitorClient
{
    /// <summary>How long an aborted monitor gets to kill its runtime and end, before it is killed itself.</summary>
    private static readonly TimeSpan s_abortTime = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Starts a monitor, which runs the runtime's create, and returns when that is done: <see cref="Start"/> and
    /// <see cref="CreateAsync"/> in one.
    /// </summary>
    public static async Task<MonitorClient> LaunchAsync(
        string monitorProgram, MonitorLaunch launch, EventLoop loop, CancellationToken cancellationToken)
    {
        var client = Start(monitorProgram, launch.ContainerId, launch.SocketPath, loop, launch.ExitRecordPaths);
        try
        {
            await client.CreateAsync(launch, cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Starts a monitor that waits for <see cref="CreateAsync"/>, and ends by itself when this client is disposed
    /// before. It is reaped here, however long it runs.
    /// </summary>
    public static MonitorClient Start(
        string monitorProgram,
        string containerId, string socketPath, EventLoop loop, IReadOnlyList<string> exitRecordPaths)
    {
        (SeqPacketSocket ours, SeqPacketSocket theirs) = SeqPacketSocket.Pair();
        try
        {
            var monitor = StartMonitor(monitorProgram, socketPath, theirs);
            var client = new MonitorClient(ours, loop, containerId, exitRecordPaths) { _monitor = monitor };
            client._monitorEnded = ReapAsync(monitor, loop);
            client._receiving = client.ReceiveAsync();
            return client;
        }
        catch
        {
            ours.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Connects to the monitor that listens on a path; null when nobody does. Where the container has ended already,
    /// <see cref="Exit"/> is complete soon after. The record paths are where to look if the monitor is lost.
    /// </summary>
    public static async Task<MonitorClient?> ConnectAsync(
        string socketPath,
        EventLoop loop, CancellationToken cancellationToken, IReadOnlyList<string>? exitRecordPaths = null)
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

    /// <summary>
    /// Has the monitor run the runtime's create. A failed create is a <see cref="MonitorCreateException"/> with the
    /// runtime's own words. A cancellation kills the create and the monitor. The monitor runs on when the daemon ends.
    /// </summary>
    public async Task CreateAsync(MonitorLaunch launch, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(new Hello(MonitorCodec.Version), cancellationToken).ConfigureAwait(false);
            await SendAsync(new LaunchContainer(launch), cancellationToken).ConfigureAwait(false);
            await _created.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MonitorLostException error)
        {
            throw new MonitorCreateException("its monitor ended before it was there", error);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await AbortAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Takes over the monitor's end of the connection: held open here, it would hide the monitor's death.
    /// </summary>
    private static ChildProcess StartMonitor(string program, string socketPath, SeqPacketSocket connection)
    {
        try
        {
            using var given = connection;
            return ChildProcess.Start(new SpawnRequest
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

    private async Task AbortAsync()
    {
        try
        {
            await SendAsync(new AbortCreate(), CancellationToken.None).ConfigureAwait(false);
            await _monitorEnded.WaitAsync(s_abortTime).ConfigureAwait(false);
        }
        catch (MonitorLostException)
        {
            await _monitorEnded.ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _monitor!.Signal(Signals.Kill); // set for a monitor that was started here
            await _monitorEnded.ConfigureAwait(false);
        }
    }
}
