using System.Globalization;
using System.Text;

namespace Crisp.Images.Tests.Fakes;

/// <summary>Writes tar archives entry by entry, the broken and the hostile ones too.</summary>
internal sealed class TarBuilder
{
    private readonly MemoryStream _content = new();

    public static byte[] Of(params (string Name, string Content)[] files)
    {
        var tar = new TarBuilder();
        foreach (var (name, content) in files) tar.File(name, content);
        return tar.Build();
    }

    public TarBuilder File(string name, string content = "", uint mode = 0x1a4, int uid = 0, int gid = 0) =>
        Entry(name, '0', Encoding.UTF8.GetBytes(content), "", mode, uid, gid);

    public TarBuilder Directory(string name, uint mode = 0x1ed, int uid = 0, int gid = 0) =>
        Entry(name, '5', [], "", mode, uid, gid);

    public TarBuilder Symlink(string name, string target) => Entry(name, '2', [], target, 0x1ff);

    public TarBuilder HardLink(string name, string target) => Entry(name, '1', [], target);

    public TarBuilder Pax(params (string Key, string Value)[] records) => PaxBytes(
        [.. records.SelectMany(record => Record(record.Key, Encoding.UTF8.GetBytes(record.Value)))]);

    public TarBuilder PaxBytes(byte[] records) => Entry("pax", 'x', records);

    public static byte[] Record(string key, byte[] value)
    {
        var rest = key.Length + value.Length + 3;
        var length = rest + rest.ToString(CultureInfo.InvariantCulture).Length;
        if (length.ToString(CultureInfo.InvariantCulture).Length > rest.ToString(CultureInfo.InvariantCulture).Length)
            length++;
        return [.. Encoding.UTF8.GetBytes($"{length} {key}="), .. value, (byte)'\n'];
    }

    public TarBuilder Entry(
        string name, char type, byte[] content, string link = "", uint mode = 0x1a4, int uid = 0, int gid = 0,
        uint major = 0, uint minor = 0, long? size = null, long mtime = 1_000_000_000, Action<byte[]>? patch = null)
    {
        var header = new byte[512];
        Encoding.UTF8.GetBytes(name).AsSpan().CopyTo(header);
        Octal(header, 100, 8, mode);
        Octal(header, 108, 8, uid);
        Octal(header, 116, 8, gid);
        Octal(header, 124, 12, size ?? content.Length);
        Octal(header, 136, 12, mtime);
        header[156] = (byte)type;
        Encoding.UTF8.GetBytes(link).AsSpan().CopyTo(header.AsSpan(157));
        "ustar\000"u8.CopyTo(header.AsSpan(257));
        Octal(header, 329, 8, major);
        Octal(header, 337, 8, minor);
        patch?.Invoke(header);
        header.AsSpan(148, 8).Fill((byte)' ');
        Octal(header, 148, 7, header.Sum(value => value));
        _content.Write(header);
        _content.Write(content);
        _content.Write(new byte[-content.Length & 511]);
        return this;
    }

    /// <summary>Bytes that are no entry.</summary>
    public TarBuilder Raw(byte[] bytes)
    {
        _content.Write(bytes);
        return this;
    }

    public byte[] Build() => [.. _content.ToArray(), .. new byte[1024]];

    private static void Octal(byte[] header, int offset, int length, long value) =>
        Encoding.ASCII.GetBytes(Convert.ToString(value, 8).PadLeft(length - 1, '0')).CopyTo(header, offset);
}
