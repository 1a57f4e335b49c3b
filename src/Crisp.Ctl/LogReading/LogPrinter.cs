using System.Buffers;

namespace Crisp.Ctl.LogReading;

/// <summary>Puts log lines on stdout and stderr, each on the stream it came from, in the order of the log.</summary>
internal sealed class LogPrinter(Terminal terminal, LogOptions options)
{
    private const int BufferBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(BufferBytes);
    private Stream _stream = terminal.Output;
    private bool _insideLine;
    private long _printedBytes;

    internal bool LimitReached => _printedBytes >= options.LimitBytes;

    internal void Print(ReadOnlySpan<byte> line)
    {
        if (!LogEntry.TryParse(line, out var entry))
        {
            Write(terminal.Output, line, newline: true);
            return;
        }

        if (options.Since is { } since && entry.IsBefore(since)) return;
        if (options.Stream == (entry.IsError ? "stdout" : "stderr")) return;
        var stream = entry.IsError ? terminal.Error : terminal.Output;
        if (options.Timestamps && !_insideLine)
        {
            Turn(stream);
            _buffer.Write(entry.Time);
            _buffer.Write(" "u8);
        }

        _insideLine = entry.IsPartial;
        Write(stream, entry.Content, newline: !entry.IsPartial);
    }

    internal void Flush()
    {
        if (_buffer.WrittenCount == 0) return;
        _stream.Write(_buffer.WrittenSpan);
        _stream.Flush();
        _buffer.ResetWrittenCount();
    }

    private void Write(Stream stream, ReadOnlySpan<byte> content, bool newline)
    {
        Turn(stream);
        var room = (options.LimitBytes ?? long.MaxValue) - _printedBytes;
        if (content.Length > room) content = content[..(int)room];
        _printedBytes += content.Length;
        _buffer.Write(content);
        if (newline) _buffer.Write("\n"u8);
    }

    /// <summary>What waits for the other stream goes out first: both often end on one terminal.</summary>
    private void Turn(Stream stream)
    {
        if (stream != _stream || _buffer.WrittenCount >= BufferBytes) Flush();
        _stream = stream;
    }
}
