namespace Crisp.Images.Layers;

/// <summary>
/// Reads ustar, pax and GNU tar, from start to end. System.Formats.Tar knows no sparse files and copies each content
/// twice; layers need the first and feel the second.
/// </summary>
internal sealed class TarReader(ArchiveInput input, Limits limits)
{
    private readonly byte[] _block = new byte[TarHeader.Size];
    private readonly PaxRecords _globals = new();

    /// <summary>Content of the current entry that nobody has read.</summary>
    private long _unread;

    private int _padding;

    /// <summary>The next file, or null at the end. What was not read of the former is skipped.</summary>
    public TarEntry? Next()
    {
        byte[]? longName = null, longLink = null;
        PaxRecords? pax = null;
        while (true)
        {
            SkipContent();
            if (!input.TryTakeExactly(_block)) return null;
            var header = new TarHeader(_block);
            if (header.IsZero) return null;
            header.CheckSum();
            var size = header.StoredSize;
            if (size < 0) throw new InvalidDataException("tar header with a negative size");
            switch (header.Type)
            {
                case TarEntryType.PaxGlobal:
                    _globals.Add(TakeSmall(size), 0);
                    break;
                case TarEntryType.PaxExtended:
                    (pax ??= new PaxRecords()).Add(TakeSmall(size), 2 * limits.SparseSegments);
                    break;
                case TarEntryType.GnuLongName:
                    longName = WithoutNul(TakeSmall(size));
                    break;
                case TarEntryType.GnuLongLink:
                    longLink = WithoutNul(TakeSmall(size));
                    break;
                default:
                    return Build(header, longName, longLink, WithGlobals(pax));
            }
        }
    }

    /// <summary>Some of the current entry's stored content, straight from the buffer; empty at its end.</summary>
    public ReadOnlySpan<byte> ReadSome(long max)
    {
        if (_unread == 0 || max == 0) return default;
        var some = input.TakeSome(Math.Min(max, _unread));
        if (some.IsEmpty) throw ArchiveInput.Truncated();
        _unread -= some.Length;
        return some;
    }

    private TarEntry Build(TarHeader header, byte[]? longName, byte[]? longLink, PaxRecords? pax)
    {
        var size = HasContent(header.Type) ? pax?.Number("size") ?? header.StoredSize : 0;
        if (size < 0) throw new InvalidDataException("tar header with a negative size");
        Expect(size);
        var time = pax?.Time("mtime") ?? (header.ModifiedSeconds, 0);
        var entry = new TarEntry
        {
            Name = pax?.Bytes("GNU.sparse.name") ?? pax?.Bytes("path") ?? longName ?? header.Name(),
            LinkName = pax?.Bytes("linkpath") ?? longLink ?? header.LinkName.ToArray(),
            Type = header.Type,
            Mode = header.Mode,
            Uid = pax?.Number("uid") ?? header.Uid,
            Gid = pax?.Number("gid") ?? header.Gid,
            StoredSize = size,
            FileSize = size,
            ModifiedSeconds = time.Item1,
            ModifiedNanos = time.Item2,
            DeviceMajor = header.DeviceMajor,
            DeviceMinor = header.DeviceMinor,
            Xattrs = pax?.Xattrs() ?? [],
        };
        return WithSparseMap(entry, header, pax);
    }

    private TarEntry WithSparseMap(TarEntry entry, TarHeader header, PaxRecords? pax)
    {
        List<SparseSegment> map;
        long fileSize;
        if (header.Type is TarEntryType.GnuSparse)
        {
            fileSize = header.SparseRealSize;
            map = OldSparseMap(header);
        }
        else if (pax?.Number("GNU.sparse.major") is 1)
        {
            fileSize = pax.Number("GNU.sparse.realsize") ?? throw new InvalidDataException("malformed sparse map");
            map = SparseMap.FromContent(input, limits.SparseSegments, out var consumed);
            if (consumed > entry.StoredSize) throw new InvalidDataException("malformed sparse map");
            _unread -= consumed;
            entry = entry with { StoredSize = entry.StoredSize - consumed };
        }
        else if (pax?.Number("GNU.sparse.size") is { } size)
        {
            fileSize = size;
            map = pax.Bytes("GNU.sparse.map") is { } list
                ? SparseMap.FromList(list, limits.SparseSegments)
                : SparseMap.FromPairs(pax.SparseNumbers, limits.SparseSegments);
        }
        else
        {
            return entry;
        }
        SparseMap.Check(map, entry.StoredSize, fileSize);
        return entry with { Segments = map, FileSize = fileSize };
    }

    private List<SparseSegment> OldSparseMap(TarHeader header)
    {
        List<SparseSegment> map = [];
        var more = SparseMap.AddOldSegments(header.SparseSegments, map, limits.SparseSegments)
            | header.SparseIsExtended;
        if (!header.SparseIsExtended) return map;
        var block = new byte[TarHeader.Size];
        while (more)
        {
            if (!input.TryTakeExactly(block)) throw ArchiveInput.Truncated();
            SparseMap.AddOldSegments(block.AsSpan(0, 504), map, limits.SparseSegments);
            more = block[504] != 0;
        }
        return map;
    }

    private PaxRecords? WithGlobals(PaxRecords? own)
    {
        if (_globals.IsEmpty) return own;
        var all = new PaxRecords();
        all.Add(_globals);
        if (own is null) return all;
        all.Add(own);
        all.SparseNumbers.AddRange(own.SparseNumbers);
        return all;
    }

    private byte[] TakeSmall(long size)
    {
        if (size > limits.TarHeaderBytes) throw new LayerLimitException($"a tar header of {size} bytes");
        var content = new byte[size];
        if (size > 0 && !input.TryTakeExactly(content)) throw ArchiveInput.Truncated();
        Expect(size);
        _unread = 0;
        return content;
    }

    private void Expect(long size)
    {
        _unread = size;
        _padding = (int)(-size & (TarHeader.Size - 1));
    }

    private void SkipContent()
    {
        input.Skip(_unread);
        input.SkipPadding(_padding);
        _unread = 0;
        _padding = 0;
    }

    private static byte[] WithoutNul(byte[] text)
    {
        var end = text.AsSpan().IndexOf((byte)0);
        return end < 0 ? text : text[..end];
    }

    /// <summary>Links and the like may state a size and have no content all the same.</summary>
    private static bool HasContent(TarEntryType type) => type is not (TarEntryType.HardLink or TarEntryType.Symlink
        or TarEntryType.CharacterDevice or TarEntryType.BlockDevice or TarEntryType.Directory or TarEntryType.Fifo);
}
