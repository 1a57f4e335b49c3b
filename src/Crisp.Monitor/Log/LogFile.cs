using Crisp.Linux;

namespace Crisp.Monitor.Log;

/// <summary>
/// The log file of a container. Each write appends whole records. A write that fails (a full disk) loses its records
/// and nothing else: what was written of them is taken back, they are counted, and the next write tries again.
/// </summary>
internal sealed class LogFile : IDisposable
{
    private const int FileMode = 0x1a0; // 0640
    private const int DirectoryMode = 0x1ed; // 0755
    private const OpenFlags Flags = OpenFlags.WriteOnly | OpenFlags.Append | OpenFlags.Create;

    private readonly string _directory;
    private readonly string _path;
    private readonly long _maxBytes;
    private FileDescriptor _file;
    private long _size;

    internal LogFile(string directory, string path, long maxBytes)
    {
        _directory = directory;
        _path = path;
        _maxBytes = maxBytes;
        _file = Open(out _size);
    }

    /// <summary>How many records were lost.</summary>
    internal long LostRecords { get; private set; }

    /// <summary>Why the last of those was.</summary>
    internal Errno LastError { get; private set; }

    /// <summary>Somebody has removed the file: what was written since is in no log.</summary>
    internal bool IsRemoved => FileStatus.Of(_file).Links == 0;

    /// <summary>
    /// A file with a bound begins anew at the record that it has no room for, in the midst of what one read brought,
    /// too. Only a record that is larger than the bound by itself goes beyond it.
    /// </summary>
    internal void Append(ReadOnlySpan<byte> records)
    {
        while (_maxBytes > 0 && !records.IsEmpty && _size + records.Length > _maxBytes)
        {
            int count = Fitting(records);
            if (count == 0 && _size > 0)
            {
                if (!Restart())
                    break;
                continue;
            }

            if (count == 0)
                count = records.IndexOf((byte)'\n') + 1;
            if (count == 0)
                break; // no record, which nobody appends
            Write(records[..count]);
            records = records[count..];
        }

        Write(records);
    }

    /// <summary>How many bytes of whole records the file has room for.</summary>
    private int Fitting(ReadOnlySpan<byte> records)
    {
        int room = (int)Math.Clamp(_maxBytes - _size, 0, records.Length);
        return records[..room].LastIndexOf((byte)'\n') + 1;
    }

    private void Write(ReadOnlySpan<byte> records)
    {
        int written = 0;
        while (written < records.Length)
        {
            Errno errno = _file.Write(records[written..], out int count);
            if (errno != Errno.None)
            {
                LastError = errno;
                int kept = TakeBackTornRecord(records[..written]);
                LostRecords += records[kept..].Count((byte)'\n');
                return;
            }

            written += count;
            _size += count;
        }
    }

    /// <summary>
    /// Goes on in a new file of the same name; the old one, which somebody has renamed, has all records until now. When
    /// the new one cannot be opened the old one stays in use.
    /// </summary>
    internal void Reopen()
    {
        FileDescriptor next = Open(out long size);
        _file.Dispose();
        _file = next;
        _size = size;
    }

    public void Dispose() => _file.Dispose();

    private FileDescriptor Open(out long size)
    {
        FileDescriptor file = BeneathDirectory.OpenFile(_directory, _path, Flags, FileMode, DirectoryMode);
        size = FileStatus.Of(file).SizeBytes;
        return file;
    }

    /// <summary>Returns how much of what was written is whole records, and stays.</summary>
    private int TakeBackTornRecord(ReadOnlySpan<byte> written)
    {
        int whole = written.LastIndexOf((byte)'\n') + 1;
        if (whole < written.Length)
        {
            _size -= written.Length - whole;
            TrySetLength(_size);
        }

        return whole;
    }

    private bool Restart()
    {
        if (!TrySetLength(0))
            return false;
        _size = 0;
        return true;
    }

    private bool TrySetLength(long length)
    {
        try
        {
            _file.SetLength(length);
            return true;
        }
        catch (SyscallException error)
        {
            LastError = error.Errno;
            return false;
        }
    }
}
