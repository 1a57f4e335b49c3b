using System.Collections.Concurrent;
using Crisp.Linux;

namespace Crisp.MonitorProtocol;

/// <summary>
/// The daemon's end of the connection to one monitor. The monitor outlives it: disposing only hangs up.
/// </summary>
public sealed partial class MonitorClient : IAsyncDisposable
{
    private readonly SeqPacketSocket _socket;
    private readonly EventLoop _loop;
    private readonly IReadOnlyList<string> _exitRecordPaths;
    private readonly string _containerName;
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _hello = New();
    private readonly TaskCompletionSource _created = New();
    private readonly TaskCompletionSource<ExitRecord> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<uint, TaskCompletionSource<RequestResult>> _requests = new();
    private readonly ConcurrentDictionary<uint, MonitorAttachment> _attachments = new();
    private readonly SemaphoreSlim _sending = new(1);
    private Task _receiving = Task.CompletedTask;
    private ChildProcess? _monitor;
    private Task _monitorEnded = Task.CompletedTask;
    private uint _lastRequest;
    private bool _disposed;

    private MonitorClient(
        SeqPacketSocket socket, EventLoop loop, string containerName, IReadOnlyList<string> exitRecordPaths)
    {
        _socket = socket;
        _loop = loop;
        _containerName = containerName;
        _exitRecordPaths = exitRecordPaths;
    }

    /// <summary>The container's first process, as the host numbers it.</summary>
    public int ContainerPid { get; private set; }

    /// <summary>
    /// When that process began, in clock ticks since boot: with the pid it names one process for sure.
    /// </summary>
    public ulong StartTime { get; private set; }

    /// <summary>
    /// Completes once, when the container has ended; faults with <see cref="MonitorLostException"/> when the monitor is
    /// gone and no exit record is found, and is cancelled when this client is disposed before.
    /// </summary>
    public Task<ExitRecord> Exit => _exit.Task;

    /// <summary>Sends a signal to the container's first process; one that has ended is no error.</summary>
    public async Task SignalAsync(int signal, CancellationToken cancellationToken)
    {
        var result = await RequestAsync(id => new SignalContainer(id, signal), cancellationToken).ConfigureAwait(false);
        if ((Errno)result.Errno is not (Errno.None or Errno.ESRCH))
            throw new SyscallException(
                $"sending {Signals.NameOf(signal)} to container {_containerName}", (Errno)result.Errno);
    }

    /// <summary>Returns when a new log file is open; every line read before is in the old one.</summary>
    public async Task ReopenLogAsync(CancellationToken cancellationToken)
    {
        var result = await RequestAsync(id => new ReopenLog(id), cancellationToken).ConfigureAwait(false);
        if (result.Errno != 0)
            throw new SyscallException("reopening the log", (Errno)result.Errno, result.Text);
    }

    /// <summary>
    /// Tells the monitor that the exit is on record here, so that it ends. A monitor that is gone is fine.
    /// </summary>
    public async Task AcknowledgeExitAsync()
    {
        try
        {
            await SendAsync(new AcknowledgeExit(), CancellationToken.None).ConfigureAwait(false);
        }
        catch (MonitorLostException)
        {
            // It ended by itself, which is all that was wanted.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _closing.CancelAsync().ConfigureAwait(false);
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _exit.TrySetCanceled(CancellationToken.None);
        _socket.Dispose();
        _closing.Dispose();
        _sending.Dispose();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
