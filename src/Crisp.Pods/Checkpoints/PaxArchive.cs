using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Crisp.Pods.Checkpoints;

/// <summary>
/// Writes a tar archive with what System.Formats.Tar cannot: extended attributes, whose values are bytes and no text,
/// and files with holes. A header is ustar's block of 512 bytes, with octal numbers and a check sum over itself:
/// <code>
/// name 0/100  mode 100/8  uid 108/8  gid 116/8  size 124/12  mtime 136/12  chksum 148/8  typeflag 156/1
/// linkname 157/100  magic+version 257/8 "ustar\0" "00"  devmajor 329/8  devminor 337/8
/// </code>
/// What does not fit it stands in a pax extended header (type x) before it, as "LENGTH KEY=VALUE\n" (POSIX pax): path,
/// linkpath, uid, gid, size, mtime, SCHILY.xattr.NAME; and, for a file with holes, GNU's sparse format 1.0, in which
/// the content begins with its map, "COUNT\nOFFSET\nLENGTH\n…" filled up to a block. Two empty blocks end the archive.
/// </summary>
internal sealed class PaxArchive(Stream output) : IDisposable
{
    private const int Block = 512;
    private const int NameBytes = 100;
    private const int CopyBytes = 256 * 1024;
    private const long MostOctal7 = 0x1fffff;
    private const long MostOctal11 = 0x1_ffff_ffff;

    private byte[]? _buffer;

    /// <summary>An entry without content.</summary>
    public void Write(PaxEntry entry) => WriteHeaders(entry, size: 0, []);

    /// <summary>A file that is data from its beginning to its end, or is in pieces with holes between.</summary>
    /// <exception cref="IOException">The file is shorter than that, or the archive cannot be written.</exception>
    public void Write(
        PaxEntry entry, SafeFileHandle file, long size, IReadOnlyList<(long Offset, long Length)> segments)
    {
        var isWhole = segments is [(0, var length)] && length == size || size == 0;
        byte[] map = isWhole ? [] : Map(size, segments);
        var stored = map.Length + segments.Sum(segment => segment.Length);
        WriteHeaders(entry, stored, isWhole ? [] : [("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"),
            ("GNU.sparse.name", entry.Name), ("GNU.sparse.realsize", size.ToString(CultureInfo.InvariantCulture))]);
        output.Write(map);
        foreach (var (offset, count) in segments)
            Copy(file, offset, count, entry.Name);
        Pad(stored);
    }

    public void Dispose() => output.Write(new byte[2 * Block]);

    private void WriteHeaders(PaxEntry entry, long size, IReadOnlyList<(string Key, string Value)> sparse)
    {
        var records = Records(entry, size, sparse);
        if (records.Length > 0)
        {
            output.Write(Header(new PaxEntry { Name = "PaxHeaders/"
                + Path.GetFileName(entry.Name.TrimEnd('/')), Type = 'x', Mode = 0x1a4 }, records.Length));
            output.Write(records);
            Pad(records.Length);
        }

        output.Write(Header(
            sparse.Count == 0 ? entry : entry with { Name = "GNUSparseFile.0/" + Path.GetFileName(entry.Name) }, size));
    }

    private static byte[] Records(PaxEntry entry, long size, IReadOnlyList<(string Key, string Value)> sparse)
    {
        using var records = new MemoryStream();
        void Add(string key, ReadOnlySpan<byte> value) => AddRecord(records, key, value);
        void AddText(string key, string value) => Add(key, Encoding.UTF8.GetBytes(value));
        void AddNumber(string key, long value) => AddText(key, value.ToString(CultureInfo.InvariantCulture));

        if (!Fits(entry.Name)) AddText("path", entry.Name);
        if (!Fits(entry.LinkName)) AddText("linkpath", entry.LinkName);
        if (entry.Uid > MostOctal7) AddNumber("uid", entry.Uid);
        if (entry.Gid > MostOctal7) AddNumber("gid", entry.Gid);
        if (size > MostOctal11) AddNumber("size", size);
        if (entry.ModifiedAt < DateTimeOffset.UnixEpoch || entry.ModifiedAt.Ticks % TimeSpan.TicksPerSecond != 0)
            AddText("mtime", ((decimal)(entry.ModifiedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerSecond)
                .ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in entry.Xattrs)
            Add("SCHILY.xattr." + name, value);
        foreach (var (key, value) in sparse)
            AddText(key, value);
        return records.ToArray();
    }

    /// <summary>The length counts its own digits.</summary>
    private static void AddRecord(MemoryStream records, string key, ReadOnlySpan<byte> value)
    {
        var name = Encoding.UTF8.GetBytes($" {key}=");
        var rest = name.Length + value.Length + 1;
        var length = rest + Digits(rest);
        length = rest + Digits(length);
        records.Write(Encoding.ASCII.GetBytes(length.ToString(CultureInfo.InvariantCulture)));
        records.Write(name);
        records.Write(value);
        records.WriteByte((byte)'\n');
    }

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;

    private static bool Fits(string name) => name.Length <= NameBytes && Ascii.IsValid(name);

    private static byte[] Header(PaxEntry entry, long size)
    {
        var header = new byte[Block];
        Text(header.AsSpan(0, NameBytes), entry.Name);
        Octal(header.AsSpan(100, 8), entry.Mode);
        Octal(header.AsSpan(108, 8), entry.Uid <= MostOctal7 ? entry.Uid : 0);
        Octal(header.AsSpan(116, 8), entry.Gid <= MostOctal7 ? entry.Gid : 0);
        Octal(header.AsSpan(124, 12), size <= MostOctal11 ? size : 0);
        Octal(header.AsSpan(136, 12), Math.Clamp(entry.ModifiedAt.ToUnixTimeSeconds(), 0, MostOctal11));
        header[156] = (byte)entry.Type;
        Text(header.AsSpan(157, NameBytes), entry.LinkName);
        "ustar\000"u8.CopyTo(header.AsSpan(257));
        Octal(header.AsSpan(329, 8), entry.Device.Major);
        Octal(header.AsSpan(337, 8), entry.Device.Minor);
        header.AsSpan(148, 8).Fill((byte)' ');
        Octal(header.AsSpan(148, 7), header.Sum(octet => octet));
        return header;
    }

    /// <summary>What is cut off or not ASCII here stands whole in the extended header.</summary>
    private static void Text(Span<byte> field, string text)
    {
        for (var i = 0; i < Math.Min(field.Length, text.Length); i++)
            field[i] = text[i] < 0x80 ? (byte)text[i] : (byte)'_';
    }

    /// <summary>Digits to the last byte but one, which ends them.</summary>
    private static void Octal(Span<byte> field, long number)
    {
        field[^1] = 0;
        for (var i = field.Length - 2; i >= 0; i--, number >>= 3)
            field[i] = (byte)('0' + (number & 7));
    }

    private static byte[] Map(long size, IReadOnlyList<(long Offset, long Length)> segments)
    {
        var map = new StringBuilder();
        // GNU tar ends each map with an empty piece at the end of the file, which tells a trailing hole.
        IEnumerable<(long Offset, long Length)> all = segments.Append((size, 0));
        map.Append(CultureInfo.InvariantCulture, $"{segments.Count + 1}\n");
        foreach (var (offset, length) in all)
            map.Append(CultureInfo.InvariantCulture, $"{offset}\n{length}\n");
        var bytes = new byte[(map.Length + Block - 1) / Block * Block];
        Encoding.ASCII.GetBytes(map.ToString(), bytes);
        return bytes;
    }

    private void Copy(SafeFileHandle file, long offset, long count, string name)
    {
        var buffer = _buffer ??= new byte[CopyBytes];
        for (var end = offset + count; offset < end;)
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - offset)), offset);
            if (read == 0)
                throw new IOException($"\"{name}\" became shorter while it was archived");
            output.Write(buffer.AsSpan(0, read));
            offset += read;
        }
    }

    private void Pad(long written)
    {
        var left = (int)(-written & (Block - 1));
        if (left > 0)
            output.Write(new byte[left]);
    }
}
