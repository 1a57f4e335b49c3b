using Crisp.Linux;
using Crisp.Monitor.Attachers;

namespace Crisp.Monitor.Log;

/// <summary>
/// Moves bytes from the container's output to those who are attached and to the log file: read, pass on, frame, one
/// write. It allocates nothing while it runs, and
/// its buffers cost memory only while output flows.
/// </summary>
internal sealed class ContainerLog(LogFile? file, Attachments attachments) : IDisposable
{
    internal const int ReadBytes = 64 * 1024;

    private const int WriteBytes = 160 * 1024; // what that becomes with lines of 30 bytes and more

    private readonly NativeBuffer _input = new(ReadBytes);
    private readonly NativeBuffer _output = new(WriteBytes);
    private readonly LogTimestamp _timestamp = new();
    private bool _used;

    /// <summary>Moves what is there now, once. A reader who sits at a terminal comes before the disk.</summary>
    internal Movement Move(OutputStream stream)
    {
        var errno = stream.Pipe.Read(_input.Span, out var count);
        if (errno == Errno.EAGAIN)
            return Movement.None;
        if (errno != Errno.None || count == 0)
            return Movement.End;
        _used = true;
        attachments.Write(stream.IsStderr, _input.Span[..count]);
        if (file is not null)
            Write(stream.Framer, _input.Span[..count]);
        return Movement.Some;
    }

    /// <summary>Writes the unfinished last line of a stream that has ended.</summary>
    internal void Finish(OutputStream stream)
    {
        if (file is null)
            return;
        var length = stream.Framer.Finish(_timestamp.Format(KernelClock.RealtimeNanos()), _output.Span);
        if (length > 0)
            file.Append(_output.Span[..length]);
    }

    /// <summary>Gives the buffers' memory back; true when there was any.</summary>
    internal bool ReleaseBuffers()
    {
        if (!_used)
            return false;
        _used = false;
        _input.Release();
        _output.Release();
        return true;
    }

    internal bool IsUsed => _used;

    /// <summary>What was lost, as a sentence for the exit record; null when nothing was.</summary>
    internal string? Losses => file switch
    {
        { LostRecords: > 0 } =>
            $"{file.LostRecords} lines of the log could not be written: {file.LastError.Describe()}",
        { IsRemoved: true } => "the log file was removed while the container ran: the end of its output is lost",
        _ => null,
    };

    /// <summary>Nothing to do without a file.</summary>
    internal void Reopen() => file?.Reopen();

    public void Dispose() => file?.Dispose();

    private void Write(LogFramer framer, ReadOnlySpan<byte> input)
    {
        var time = _timestamp.Format(KernelClock.RealtimeNanos());
        while (!input.IsEmpty)
        {
            var length = framer.Frame(ref input, time, _output.Span);
            if (length > 0)
                file!.Append(_output.Span[..length]); // only called with a file
        }
    }
}
