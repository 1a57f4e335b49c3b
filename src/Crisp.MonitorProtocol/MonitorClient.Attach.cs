using Crisp.Linux;

namespace Crisp.MonitorProtocol;

/// <summary>Attaching: the monitor's answer brings descriptors along.</summary>
public sealed partial class MonitorClient
{
    /// <summary>
    /// Attaches to the container. ESRCH as <see cref="SyscallException"/>: it does not run. ENOSYS: the monitor was
    /// started by a version that could not be attached to. EUSERS: as many are attached as the monitor allows. EMFILE:
    /// this process may not open the descriptors that came.
    /// </summary>
    public async Task<MonitorAttachment> AttachAsync(
        bool stdin, bool stdout, bool stderr, CancellationToken cancellationToken)
    {
        var wanted = (stdin ? StreamKinds.Stdin : StreamKinds.None) | (stdout ? StreamKinds.Stdout : StreamKinds.None)
            | (stderr ? StreamKinds.Stderr : StreamKinds.None);
        var id = Interlocked.Increment(ref _lastRequest);
        var attachment = new MonitorAttachment(id, DetachAsync);
        _attachments[id] = attachment;
        try
        {
            if (_receiving.IsCompleted)
                throw Lost();
            await SendAsync(new Attach(id, wanted), cancellationToken).ConfigureAwait(false);
            await attachment.Attached.WaitAsync(cancellationToken).ConfigureAwait(false);
            return attachment;
        }
        catch
        {
            await attachment.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        Task DetachAsync(MonitorMessage message)
        {
            if (message is Detach)
                _attachments.TryRemove(id, out _);
            return SendAsync(message, CancellationToken.None);
        }
    }

    /// <summary>Whoever asked may have gone meanwhile; then the descriptors are closed.</summary>
    private void Handle(Attached answer, FileDescriptor[] descriptors)
    {
        if (_attachments.TryGetValue(answer.Id, out var attachment))
        {
            attachment.Take(answer, descriptors);
            return;
        }

        foreach (var descriptor in descriptors)
            descriptor.Dispose();
    }

    /// <summary>Whoever asked detaches, so that the monitor does not write for nobody.</summary>
    private void RefuseForLackOfDescriptors(uint id)
    {
        if (_attachments.TryGetValue(id, out var attachment))
            attachment.Refuse(new SyscallException("attaching", Errno.EMFILE, _containerName));
    }

    private void Handle(AttachEnded ended)
    {
        if (_attachments.TryGetValue(ended.Attach, out var attachment))
            attachment.End(ended.WasTooSlow);
    }

    private void EndAttachments(Exception failure)
    {
        foreach (var attachment in _attachments.Values)
            attachment.Refuse(failure);
    }
}
