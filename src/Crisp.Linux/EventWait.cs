namespace Crisp.Linux;

/// <summary>
/// One wait of the <see cref="EventLoop"/>: a descriptor of its own, and the task that its event completes.
/// </summary>
internal sealed class EventWait(FileDescriptor descriptor)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private CancellationTokenRegistration _registration;
    private bool _armed;
    private bool _released;

    internal Task Task => _completion.Task;

    internal void OnCancelled(Action cancel, CancellationToken token)
    {
        if (token.CanBeCanceled)
            _registration = token.UnsafeRegister(static state => ((Action)state!)(), cancel);
    }

    /// <summary>Adds the descriptor to the loop, unless a cancellation was faster.</summary>
    internal void Arm(Epoll epoll, EpollEvents events, ulong token)
    {
        lock (_lock)
        {
            if (_released)
                return;
            epoll.Add(descriptor, events, token);
            _armed = true;
        }
    }

    internal void Release(Epoll epoll)
    {
        lock (_lock)
        {
            _released = true;
            if (_armed)
                epoll.Remove(descriptor);
            descriptor.Dispose();
        }
    }

    internal void Complete()
    {
        _registration.Unregister();
        _completion.TrySetResult();
    }

    internal void Cancel(CancellationToken token) => _completion.TrySetCanceled(token);
}
