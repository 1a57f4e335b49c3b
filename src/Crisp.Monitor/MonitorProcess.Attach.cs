using Crisp.Linux;
using Crisp.Monitor.Attachers;
using Crisp.MonitorProtocol;

namespace Crisp.Monitor;

/// <summary>
/// Attaching. An attacher gets the reading end of a pipe for each output it wants, and for the input the writing end of
/// the container's own pipe, or its terminal: what it writes does not pass through here.
/// </summary>
internal sealed partial class MonitorProcess
{
    /// <summary>How long the readers of an ended container may make no progress with what is kept for them.</summary>
    private const long LongestStallNanos = 30_000 * NanosPerMilli;

    /// <summary>The writing end of the container's input; null when it has none, or no longer.</summary>
    private FileDescriptor? _input;

    private bool _inputWasGiven;
    private long _stallEnds;

    private void Attach(ulong connection, Attach request)
    {
        if (_phase != MonitorPhase.Running)
        {
            Answer(connection, request.Id, Errno.ESRCH);
            return;
        }

        if (_attachments.AreFull)
        {
            Answer(connection, request.Id, Errno.EUSERS);
            return;
        }

        var attachment = _attachments.Add(connection, request.Id);
        List<FileDescriptor> theirs = [];
        try
        {
            var given = Open(attachment, request.Wanted, theirs);
            _daemons.Send(connection, new Attached(request.Id, given), theirs.ToArray());
        }
        catch (SyscallException error)
        {
            _attachments.Remove(attachment);
            Answer(connection, request.Id, error.Errno);
        }

        for (var i = 0; i < theirs.Count; i++)
        {
            if (theirs[i] != _input && theirs[i] != _stdout!.Pipe) // there is one while the container runs
                theirs[i].Dispose();
        }
    }

    /// <summary>Gathers an attacher's descriptors in the order of the bits.</summary>
    private StreamKinds Open(Attachment attachment, StreamKinds wanted, List<FileDescriptor> theirs)
    {
        var isTerminal = _stdout!.IsTerminal; // there is one while the container runs
        var given = StreamKinds.None;
        if (wanted.HasFlag(StreamKinds.Stdin) && _input is not null)
        {
            theirs.Add(_input);
            given |= StreamKinds.Stdin;
            attachment.HasInput = _inputWasGiven = true;
        }

        if (wanted.HasFlag(StreamKinds.Stdout))
        {
            theirs.Add(_attachments.Open(attachment, isStderr: false));
            given |= StreamKinds.Stdout;
        }

        if (wanted.HasFlag(StreamKinds.Stderr) && !isTerminal)
        {
            theirs.Add(_attachments.Open(attachment, isStderr: true));
            given |= StreamKinds.Stderr;
        }

        if (isTerminal)
        {
            theirs.Add(_stdout.Pipe);
            given |= StreamKinds.Terminal;
        }

        return given;
    }

    private void CloseInputOf(Attachment? attachment)
    {
        if (attachment is not null)
            attachment.HasInput = false;
        EndInputAfterLast();
    }

    private void Detach(Attachment? attachment)
    {
        if (attachment is not null)
            _attachments.Remove(attachment);
        EndInputAfterLast();
    }

    /// <summary>A daemon's connection has ended, and with it all that it attached.</summary>
    private void Forget(ulong connection)
    {
        _attachments.RemoveAllOf(connection);
        EndInputAfterLast();
    }

    private void CutOff(ulong connection, uint id) => _daemons.Send(connection, new AttachEnded(id, WasTooSlow: true));

    /// <summary>
    /// With stdin_once the container sees the end of its input when the last attacher that had it is gone.
    /// </summary>
    private void EndInputAfterLast()
    {
        if (_launch is { Input: ContainerInput.OpenOnce } && _inputWasGiven && !_attachments.AnyInput)
            CloseInput();
    }

    private void CloseInput()
    {
        _input?.Dispose();
        _input = null;
    }

    private void EndAttachments()
    {
        CloseInput();
        _attachments.EndAll((connection, id) => _daemons.Send(connection, new AttachEnded(id, WasTooSlow: false)));
        ExtendStall();
    }

    private void FlushAttachment(ulong token)
    {
        _attachments.Flush(token);
        ExtendStall();
    }

    private void ExtendStall() => _stallEnds = KernelClock.MonotonicNanos() + LongestStallNanos;

    /// <summary>Readers of an ended container get their backlogs, as long as they read.</summary>
    private bool WaitsForReaders() => _attachments.AnyBacklog && KernelClock.MonotonicNanos() < _stallEnds;

    private int BacklogTimeoutMillis() =>
        (int)(Math.Max(_stallEnds - KernelClock.MonotonicNanos(), 0) / NanosPerMilli) + 1;
}
