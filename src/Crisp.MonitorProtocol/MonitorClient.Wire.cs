using System.Buffers;
using Crisp.Linux;

namespace Crisp.MonitorProtocol;

/// <summary>Sending, and the one loop that receives.</summary>
public sealed partial class MonitorClient
{
    private async Task<RequestResult> RequestAsync(Func<uint, MonitorMessage> make, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastRequest);
        var answer = new TaskCompletionSource<RequestResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests[id] = answer;
        try
        {
            if (_receiving.IsCompleted)
                throw Lost();
            await SendAsync(make(id), cancellationToken).ConfigureAwait(false);
            return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _requests.TryRemove(id, out _);
        }
    }

    private async Task SendAsync(MonitorMessage message, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Errno errno;
            while ((errno = MonitorCodec.Send(_socket, message)) == Errno.EAGAIN)
                await _loop.WaitWritableAsync(_socket.Descriptor, cancellationToken).ConfigureAwait(false);
            if (errno is Errno.EPIPE or Errno.ECONNRESET)
                throw Lost();
            if (errno != Errno.None)
                throw new SyscallException("send", errno, _containerName);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Runs until the monitor hangs up or this client is disposed; it never faults.</summary>
    private async Task ReceiveAsync()
    {
        Exception failure;
        try
        {
            while (await ReceiveOneAsync().ConfigureAwait(false))
            {
            }

            failure = Lost();
        }
        catch (Exception error) // whatever it is, those who wait must hear of it
        {
            failure = error;
        }

        await EndAsync(failure).ConfigureAwait(false);
    }

    /// <summary>
    /// False when the connection has ended. A buffer is held only while there is something to read: most monitors have
    /// nothing to say for days, and there may be hundreds.
    /// </summary>
    private async Task<bool> ReceiveOneAsync()
    {
        while (true)
        {
            await _loop.WaitReadableAsync(_socket.Descriptor, _closing.Token).ConfigureAwait(false);
            var buffer = ArrayPool<byte>.Shared.Rent(MonitorCodec.MaxMessageBytes);
            try
            {
                var errno = DescriptorPassing.TryReceive(
                    _socket.Descriptor, buffer, out var length, out var descriptors);
                if (errno == Errno.EAGAIN)
                    continue;
                // no fault of the monitor's: only this attach fails
                var lacksDescriptors = errno == Errno.EMFILE && length > 0;
                if (errno != Errno.None && !lacksDescriptors)
                    throw new SyscallException("recv", errno, _containerName);
                if (length > 0)
                    Handle(MonitorCodec.Decode(buffer.AsSpan(0, length)), descriptors, lacksDescriptors);
                return length > 0;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    private void Handle(MonitorMessage message, FileDescriptor[] descriptors, bool lacksDescriptors)
    {
        switch (message)
        {
            case Hello { Version: 0 }:
                throw new MonitorProtocolException(
                    $"the monitor of container {_containerName} speaks no version of the protocol");
            case Hello:
                _hello.TrySetResult();
                break;
            case ContainerCreated created:
                (ContainerPid, StartTime) = (created.Pid, created.StartTime);
                _created.TrySetResult();
                break;
            case CreateFailed failed:
                _created.TrySetException(
                    new MonitorCreateException(failed.Reason) { IsByRuntime = failed.IsByRuntime });
                break;
            case ContainerExited exited:
                _exit.TrySetResult(exited.Record);
                break;
            case RequestResult result when _requests.TryGetValue(result.Id, out var answer):
                answer.TrySetResult(result);
                break;
            case RequestResult result when _attachments.TryRemove(result.Id, out var attachment):
                attachment.Refuse(new SyscallException("attaching", (Errno)result.Errno, _containerName));
                break;
            case Attached attached when lacksDescriptors:
                RefuseForLackOfDescriptors(attached.Id);
                break;
            case Attached attached:
                Handle(attached, descriptors);
                break;
            case AttachEnded ended:
                Handle(ended);
                break;
        }
    }

    private async Task EndAsync(Exception failure)
    {
        var disposed = _closing.IsCancellationRequested;
        _hello.TrySetException(failure);
        _created.TrySetException(failure);
        foreach (var answer in _requests.Values)
            answer.TrySetException(failure);
        EndAttachments(failure);
        if (!disposed)
            await Task.Run(() => EndExit(failure), CancellationToken.None).ConfigureAwait(false);

        // Nobody may be waiting for these; a failure nobody asked about is no news.
        _ = _hello.Task.Exception;
        _ = _created.Task.Exception;
        _ = _exit.Task.Exception;
    }

    /// <summary>
    /// The connection has ended without an exit: the monitor may have written its record all the same.
    /// </summary>
    private void EndExit(Exception failure)
    {
        if (_exit.Task.IsCompleted)
            return;
        if (ExitRecord.ReadFirst(_exitRecordPaths) is { } record)
            _exit.TrySetResult(record);
        else
            _exit.TrySetException(failure);
    }

    private MonitorLostException Lost() =>
        new($"the monitor of container {_containerName} is gone and left no exit record");
}
