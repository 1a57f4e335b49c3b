using Crisp.Linux;

namespace Crisp.Monitor.Attachers;

/// <summary>
/// All attachers of the container. Their tokens in the event loop are two for each: an even one for stdout, the next
/// for stderr.
/// </summary>
/// <param name="epoll">The loop that waits for room in pipes that are full.</param>
/// <param name="tooSlow">Called with the connection and the attacher's ID when one was cut off.</param>
internal sealed class Attachments(Epoll epoll, Action<ulong, uint> tooSlow) : IDisposable
{
    /// <summary>
    /// How many may be attached at once: each may leave <see cref="AttachedOutput.MaxBacklogBytes"/> unread, twice.
    /// </summary>
    internal const int Most = 16;

    private const ulong FirstToken = 1UL << 32;
    private const int StreamsEach = 2;

    /// <summary>What a pipe holds where the host lets it: enough for the hiccups of a reader that keeps up.</summary>
    private const int PipeBytes = 256 * 1024;

    private readonly List<Attachment?> _all = [];

    /// <summary>There are as many attachers as there may be.</summary>
    internal bool AreFull
    {
        get
        {
            var count = 0;
            foreach (var attachment in _all)
            {
                if (attachment is not null)
                    count++;
            }

            return count >= Most;
        }
    }

    internal static bool Owns(ulong token) => token >= FirstToken;

    /// <summary>Somebody may still write to the container's input.</summary>
    internal bool AnyInput
    {
        get
        {
            foreach (var attachment in _all)
            {
                if (attachment is { HasInput: true })
                    return true;
            }

            return false;
        }
    }

    /// <summary>Output of the ended container waits for its readers.</summary>
    internal bool AnyBacklog
    {
        get
        {
            foreach (var attachment in _all)
            {
                if (attachment is { HasBacklog: true })
                    return true;
            }

            return false;
        }
    }

    internal Attachment Add(ulong connection, uint id)
    {
        var attachment = new Attachment(connection, id);
        var free = _all.IndexOf(null);
        if (free < 0)
            _all.Add(attachment);
        else
            _all[free] = attachment;
        return attachment;
    }

    /// <summary>Gives an attacher one of the output streams; the reading end is the result.</summary>
    internal FileDescriptor Open(Attachment attachment, bool isStderr)
    {
        (FileDescriptor read, FileDescriptor write) = Pipes.Create(nonBlocking: true);
        Pipes.TrySetCapacity(write, PipeBytes);
        var token = FirstToken + (ulong)((_all.IndexOf(attachment) * StreamsEach) + (isStderr ? 1 : 0));
        var output = new AttachedOutput(write, epoll, token);
        if (isStderr)
            attachment.Stderr = output;
        else
            attachment.Stdout = output;
        return read;
    }

    internal Attachment? Find(ulong connection, uint id)
    {
        foreach (var attachment in _all)
        {
            if (attachment is not null && attachment.Connection == connection && attachment.Id == id)
                return attachment;
        }

        return null;
    }

    /// <summary>Copies what the container has written to everybody who wants it.</summary>
    internal void Write(bool isStderr, ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < _all.Count; i++)
        {
            if (_all[i] is { } attachment && (isStderr ? attachment.Stderr : attachment.Stdout) is { } output)
                Settle(attachment, isStderr, output.Write(bytes));
        }
    }

    /// <summary>An attacher's pipe has room again.</summary>
    internal void Flush(ulong token)
    {
        var index = (int)(token - FirstToken);
        var isStderr = index % StreamsEach == 1;
        if (index / StreamsEach < _all.Count && _all[index / StreamsEach] is { } attachment &&
            (isStderr ? attachment.Stderr : attachment.Stdout) is { } output)
            Settle(attachment, isStderr, output.Flush());
    }

    /// <summary>
    /// One that is removed already is fine: telling a daemon may find it gone, and that removes all of its attachers.
    /// </summary>
    internal void Remove(Attachment attachment)
    {
        var index = _all.IndexOf(attachment);
        if (index < 0)
            return;
        _all[index] = null;
        attachment.Dispose();
    }

    /// <summary>
    /// A daemon is gone, and with it its attachers. What an ended container still owes its readers is sent all the
    /// same.
    /// </summary>
    internal void RemoveAllOf(ulong connection)
    {
        for (var i = 0; i < _all.Count; i++)
        {
            if (_all[i] is { } attachment && attachment.Connection == connection)
                Remove(attachment);
        }
    }

    /// <summary>The container's output has ended: so do the attachers', once they have read their backlogs.</summary>
    /// <param name="ended">Called with each connection and attacher's ID.</param>
    internal void EndAll(Action<ulong, uint> ended)
    {
        for (var i = 0; i < _all.Count; i++)
        {
            if (_all[i] is not { } attachment)
                continue;
            ended(attachment.Connection, attachment.Id);
            if (_all[i] != attachment)
                continue; // the daemon could not be told, so it is gone, and its attachers with it
            attachment.Finish();
            if (attachment.Stdout is { HasBacklog: false })
                attachment.Close(isStderr: false);
            if (attachment.Stderr is { HasBacklog: false })
                attachment.Close(isStderr: true);
            if (!attachment.HasBacklog)
                Remove(attachment);
        }
    }

    public void Dispose()
    {
        foreach (var attachment in _all)
            attachment?.Dispose();
    }

    private void Settle(Attachment attachment, bool isStderr, AttachedOutputState state)
    {
        if (state == AttachedOutputState.TooSlow)
        {
            tooSlow(attachment.Connection, attachment.Id);
            Remove(attachment);
            return;
        }

        var isSent = attachment.IsOver
            && (isStderr ? attachment.Stderr : attachment.Stdout) is not { HasBacklog: true };
        if (state == AttachedOutputState.ReaderGone || isSent)
            attachment.Close(isStderr);
        if (attachment is { IsOver: true, HasBacklog: false })
            Remove(attachment);
    }
}
