using Crisp.Linux;

namespace Crisp.MonitorProtocol;

/// <summary>
/// One attach to a container, as a <see cref="MonitorClient"/> made it: descriptors that lead to the container and come
/// from its monitor. All are non-blocking. Disposing closes them and detaches.
/// </summary>
public sealed class MonitorAttachment : IAsyncDisposable
{
    private readonly uint _id;
    private readonly Func<MonitorMessage, Task> _send;
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasInput;
    private bool _disposed;

    internal MonitorAttachment(uint id, Func<MonitorMessage, Task> send)
    {
        _id = id;
        _send = send;
    }

    /// <summary>The container's own input pipe; null when it was not asked for or is not there.</summary>
    public FileDescriptor? Stdin { get; private set; }

    /// <summary>
    /// A copy of what the container writes from now on; ends when the container's output does, or too slow a reader's.
    /// </summary>
    public FileDescriptor? Stdout { get; private set; }

    /// <summary>The same; never with a terminal.</summary>
    public FileDescriptor? Stderr { get; private set; }

    /// <summary>
    /// A terminal's main end, to write input to and to resize; not to be read. Null when there is no terminal.
    /// </summary>
    public FileDescriptor? Terminal { get; private set; }

    /// <summary>
    /// Completes when nothing more comes: true when the reader was cut off as too slow, false when the container's
    /// output has ended. Faults with <see cref="MonitorLostException"/> when the monitor is gone.
    /// </summary>
    public Task<bool> Ended => _ended.Task;

    /// <summary>Completes with the monitor's answer.</summary>
    internal Task Attached => _attached.Task;

    /// <summary>Closes the input: with stdin_once the container sees its end. Closed already is fine.</summary>
    public async ValueTask CloseStdinAsync()
    {
        if (!_hasInput)
            return;
        _hasInput = false;
        Stdin?.Dispose();
        await TellAsync(new CloseAttachInput(_id)).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        Stdin?.Dispose();
        Stdout?.Dispose();
        Stderr?.Dispose();
        Terminal?.Dispose();
        await TellAsync(new Detach(_id)).ConfigureAwait(false);
        End(wasTooSlow: false);
    }

    /// <summary>Takes over the descriptors, which come lowest bit first.</summary>
    internal void Take(Attached answer, IReadOnlyList<FileDescriptor> descriptors)
    {
        var next = 0;
        FileDescriptor? Next(StreamKinds kind) =>
            answer.Given.HasFlag(kind) && next < descriptors.Count ? descriptors[next++] : null;
        Stdin = Next(StreamKinds.Stdin);
        Stdout = Next(StreamKinds.Stdout);
        Stderr = Next(StreamKinds.Stderr);
        Terminal = Next(StreamKinds.Terminal);
        _hasInput = Stdin is not null;
        _attached.TrySetResult();
    }

    internal void Refuse(Exception reason)
    {
        _attached.TrySetException(reason);
        _ = _attached.Task.Exception; // whoever asked may be gone
        _ended.TrySetException(reason);
        _ = _ended.Task.Exception; // nobody has to ask
    }

    internal void End(bool wasTooSlow) => _ended.TrySetResult(wasTooSlow);

    private async Task TellAsync(MonitorMessage message)
    {
        try
        {
            await _send(message).ConfigureAwait(false);
        }
        catch (Exception error) when (error is MonitorLostException or ObjectDisposedException)
        {
            // It cannot hear, and need not: the connection's end detaches everything of ours.
        }
    }
}
