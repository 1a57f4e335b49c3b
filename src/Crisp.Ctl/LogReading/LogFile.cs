using Microsoft.Win32.SafeHandles;

namespace Crisp.Ctl.LogReading;

/// <summary>An open log file, read line by line as far as it has been written.</summary>
internal sealed class LogFile : IDisposable
{
    private const int BlockBytes = 64 * 1024;

    /// <summary>CRI runtimes break lines at some KB; a longer one is no CRI log, and is passed on in pieces.</summary>
    private const int MaxLineBytes = 16 * 1024 * 1024;

    private readonly SafeFileHandle _file;
    private byte[] _buffer = new byte[BlockBytes];
    private int _start;
    private int _end;
    private long _position;

    private LogFile(SafeFileHandle file) => _file = file;

    internal static LogFile Open(string path)
    {
        try
        {
            return new LogFile(File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CtlException($"cannot read the log {path}: {e.Message}", e);
        }
    }

    /// <summary>Moves to the last so many lines.</summary>
    internal void SkipToTail(long lines)
    {
        var length = RandomAccess.GetLength(_file);
        var block = new byte[BlockBytes];
        var newlines = 0L;
        for (var end = length; end > 0 && lines > 0; end -= BlockBytes)
        {
            var start = Math.Max(0, end - BlockBytes);
            var read = RandomAccess.Read(_file, block.AsSpan(0, (int)(end - start)), start);
            for (var i = read - 1; i >= 0; i--)
            {
                // The newline that ends the file begins no further line.
                if (block[i] != (byte)'\n' || start + i == length - 1) continue;
                if (++newlines < lines) continue;
                _position = start + i + 1;
                return;
            }
        }

        _position = lines > 0 ? 0 : length;
    }

    /// <summary>
    /// The next line without its newline, valid until the next call; false at the end of what is written.
    /// </summary>
    internal bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        var searched = _start;
        while (true)
        {
            var newline = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                line = _buffer.AsSpan(_start, searched + newline - _start);
                _start = searched + newline + 1;
                return true;
            }

            searched = _end;
            if (_end - _start >= MaxLineBytes) return TryTakeRest(out line);
            var held = _start;
            if (!Fill())
            {
                line = default;
                return false;
            }

            searched -= held - _start;
        }
    }

    /// <summary>What stands after the last newline, for a log that nobody will go on with.</summary>
    internal bool TryTakeRest(out ReadOnlySpan<byte> line)
    {
        line = _buffer.AsSpan(_start, _end - _start);
        _start = _end;
        return line.Length > 0;
    }

    public void Dispose() => _file.Dispose();

    private bool Fill()
    {
        if (RandomAccess.GetLength(_file) < _position) Restart(); // somebody truncated it
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = RandomAccess.Read(_file, _buffer.AsSpan(_end), _position);
        _end += read;
        _position += read;
        return read > 0;
    }

    private void Restart() => (_position, _start, _end) = (0, 0, 0);
}
