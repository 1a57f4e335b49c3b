namespace Crisp.Monitor.Log;

/// <summary>
/// Turns one stream's bytes into records of the CRI log format. A line is held back until its newline; of a longer
/// one than <see cref="MaxLineBytes"/> the parts before the last are written as they fill up.
///
/// <code>
/// field    width     content
/// time     30        RFC 3339, UTC, nanoseconds ("2026-08-01T10:00:00.123456789Z"); one space
/// stream   6         stdout or stderr; one space
/// tag      1         F: a whole line, or the last part of one; P: a part that another follows; one space
/// line     0-16384   the bytes as they came, without their newline
/// end      1         newline
/// </code>
/// </summary>
internal sealed class LogFramer
{
    internal const int MaxLineBytes = 16 * 1024;

    /// <summary>The longest record there is.</summary>
    internal const int MaxRecordBytes = OverheadBytes + MaxLineBytes;

    private const int TagBytes = 10; // " stdout F "
    private const int OverheadBytes = LogTimestamp.Length + TagBytes + 1;
    private const byte NewLine = (byte)'\n';

    private readonly byte[] _full;
    private readonly byte[] _partial;
    private readonly Memory<byte> _memory;
    private readonly Crisp.Linux.NativeBuffer? _native;
    private int _heldLength;

    /// <summary>The buffer holds an unfinished line, <see cref="MaxLineBytes"/> of it.</summary>
    internal LogFramer(bool isStderr, Crisp.Linux.NativeBuffer held)
        : this(isStderr) => _native = held;

    internal LogFramer(bool isStderr, Memory<byte> held)
        : this(isStderr) => _memory = held;

    private LogFramer(bool isStderr)
    {
        _full = isStderr ? " stderr F "u8.ToArray() : " stdout F "u8.ToArray();
        _partial = isStderr ? " stderr P "u8.ToArray() : " stdout P "u8.ToArray();
    }

    /// <summary>An unfinished line waits for its rest.</summary>
    internal bool HoldsBytes => _heldLength > 0;

    private Span<byte> Held => _native is null ? _memory.Span : _native.Span;

    /// <summary>
    /// Writes the records of as much input as their output has room for, and advances the input past it. The output
    /// must have room for one record at least; call again, with the same time, until the input is empty.
    /// </summary>
    internal int Frame(ref ReadOnlySpan<byte> input, ReadOnlySpan<byte> time, Span<byte> output)
    {
        var written = 0;
        var rest = input;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf(NewLine);
            var upTo = end < 0 ? rest.Length : end;
            var room = MaxLineBytes - _heldLength;
            var whole = end >= 0 && upTo <= room;
            if (!whole && upTo <= room)
            {
                rest.CopyTo(Held[_heldLength..]);
                _heldLength += upTo;
                rest = default;
                break;
            }

            var part = whole ? upTo : room;
            if (output.Length - written < OverheadBytes + _heldLength + part)
                break;
            written += Record(rest[..part], time, whole ? _full : _partial, output[written..]);
            rest = rest[(whole ? part + 1 : part)..];
        }

        input = rest;
        return written;
    }

    /// <summary>
    /// At the end of the stream: the unfinished line, if there is one, becomes a record like any other.
    /// </summary>
    internal int Finish(ReadOnlySpan<byte> time, Span<byte> output) =>
        HoldsBytes ? Record(default, time, _full, output) : 0;

    private int Record(ReadOnlySpan<byte> line, ReadOnlySpan<byte> time, byte[] tag, Span<byte> output)
    {
        time[..LogTimestamp.Length].CopyTo(output); // lengths that the compiler knows are copied without a call
        tag.AsSpan(0, TagBytes).CopyTo(output[LogTimestamp.Length..]);
        var at = LogTimestamp.Length + TagBytes;
        if (_heldLength > 0)
        {
            Held[.._heldLength].CopyTo(output[at..]);
            at += _heldLength;
            _heldLength = 0;
        }

        line.CopyTo(output[at..]);
        at += line.Length;
        output[at] = NewLine;
        return at + 1;
    }
}
