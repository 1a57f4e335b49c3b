using System.Text;

namespace Crisp.Node.Tests.Generations;

/// <summary>
/// A protobuf message put together number by number, as a kubelet of old wrote it and no class of today would. A field
/// is (NUMBER shl 3 | WIRE TYPE) as a varint, then a varint (type 0) or a length and so many bytes (type 2).
/// </summary>
internal sealed class KubeletBytes
{
    private readonly MemoryStream _bytes = new();

    public byte[] ToArray() => _bytes.ToArray();

    public KubeletBytes Number(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
        return this;
    }

    public KubeletBytes Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public KubeletBytes Texts(int field, params string[] values)
    {
        foreach (var value in values)
            Text(field, value);
        return this;
    }

    public KubeletBytes Message(int field, KubeletBytes message) => Bytes(field, message.ToArray());

    public KubeletBytes Map(int field, IEnumerable<KeyValuePair<string, string>> entries)
    {
        foreach (var (key, value) in entries)
            Message(field, new KubeletBytes().Text(1, key).Text(2, value));
        return this;
    }

    private KubeletBytes Bytes(int field, byte[] value)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.WriteByte((byte)(value | 0x80));
        _bytes.WriteByte((byte)value);
    }
}
