using System.Text;

namespace Crisp.Images.Layers;

/// <summary>
/// One header block of 512 bytes (POSIX ustar; GNU tar, "Basic Tar Format"). Offsets and widths:
/// name 0/100, mode 100/8, uid 108/8, gid 116/8, size 124/12, mtime 136/12, checksum 148/8, typeflag 156/1,
/// linkname 157/100, magic 257/8, devmajor 329/8, devminor 337/8, prefix 345/155. In GNU's old sparse header the
/// prefix's place holds: four segments 386/96, is-extended 482/1, real size 483/12.
/// </summary>
internal readonly ref struct TarHeader(ReadOnlySpan<byte> block)
{
    public const int Size = 512;

    private readonly ReadOnlySpan<byte> _block = block;

    public TarEntryType Type => (TarEntryType)_block[156];

    public uint Mode => (uint)(Number(100, 8) & 0xfff);

    public long Uid => Number(108, 8);

    public long Gid => Number(116, 8);

    public long StoredSize => Number(124, 12);

    public long ModifiedSeconds => Number(136, 12);

    public ReadOnlySpan<byte> LinkName => Text(157, 100);

    public uint DeviceMajor => HasDevices ? checked((uint)Number(329, 8)) : 0;

    public uint DeviceMinor => HasDevices ? checked((uint)Number(337, 8)) : 0;

    public long SparseRealSize => Number(483, 12);

    public bool SparseIsExtended => _block[482] != 0;

    public ReadOnlySpan<byte> SparseSegments => _block.Slice(386, 96);

    public bool IsZero => _block.IndexOfAnyExcept((byte)0) < 0;

    private bool HasDevices => Type is TarEntryType.CharacterDevice or TarEntryType.BlockDevice;

    /// <summary>"ustar\0" and "00": only then there is a prefix. GNU writes "ustar  \0".</summary>
    private bool IsPosix => _block.Slice(257, 6).SequenceEqual("ustar\0"u8);

    public byte[] Name()
    {
        var name = Text(0, 100);
        var prefix = IsPosix ? Text(345, 155) : default;
        return prefix.IsEmpty ? name.ToArray() : [.. prefix, (byte)'/', .. name];
    }

    /// <summary>The sum of all bytes with the field itself read as spaces; some writers sum signed bytes.</summary>
    public void CheckSum()
    {
        long unsigned = 8 * ' ';
        long signed = 8 * ' ';
        for (var i = 0; i < Size; i++)
        {
            if (i is >= 148 and < 156) continue;
            unsigned += _block[i];
            signed += (sbyte)_block[i];
        }
        var stated = Number(148, 8);
        if (stated != unsigned && stated != signed) throw new InvalidDataException("tar header with a wrong checksum");
    }

    /// <summary>Octal digits, or GNU's base 256 where the first bit is set.</summary>
    public static long ParseNumber(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0) return Binary(field);
        var digits = field;
        var end = digits.IndexOf((byte)0);
        if (end >= 0) digits = digits[..end];
        long value = 0;
        foreach (var c in digits.Trim((byte)' '))
        {
            if (c is < (byte)'0' or > (byte)'7') throw new InvalidDataException("tar header with a malformed number");
            value = checked((value << 3) | (uint)(c - '0'));
        }
        return value;
    }

    /// <summary>Two's complement, big-endian; the first bit is the marker, the second the sign.</summary>
    private static long Binary(ReadOnlySpan<byte> field)
    {
        long value = (field[0] & 0x40) != 0 ? (sbyte)field[0] : field[0] & 0x7f;
        foreach (var b in field[1..])
        {
            if (value is > long.MaxValue >> 8 or < long.MinValue >> 8)
                throw new InvalidDataException("tar header with a number beyond 64 bits");
            value = (value << 8) | b;
        }
        return value;
    }

    private long Number(int offset, int length) => ParseNumber(_block.Slice(offset, length));

    private ReadOnlySpan<byte> Text(int offset, int length)
    {
        var field = _block.Slice(offset, length);
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    public override string ToString() => Encoding.UTF8.GetString(Name());
}
