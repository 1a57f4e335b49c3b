using Google.Protobuf;
using Google.Protobuf.Collections;
using static Google.Protobuf.WireFormat.WireType;

namespace Crisp.Cri.Generations.Legacy.Wire;

/// <summary>
/// Writes a proto2 message: each field that is written is there, also when it is zero or empty, since clients of 1.5
/// take what is absent for an answer that is broken.
/// </summary>
internal sealed class WireWriter
{
    private readonly CodedOutputStream _output;

    private WireWriter(CodedOutputStream output) => _output = output;

    public static byte[] Message(Action<WireWriter> content)
    {
        using var bytes = new MemoryStream();
        using var output = new CodedOutputStream(bytes);
        content(new WireWriter(output));
        output.Flush();
        return bytes.ToArray();
    }

    public WireWriter Text(int field, string value)
    {
        _output.WriteTag(field, LengthDelimited);
        _output.WriteString(value);
        return this;
    }

    public WireWriter Bytes(int field, ByteString value)
    {
        _output.WriteTag(field, LengthDelimited);
        _output.WriteBytes(value);
        return this;
    }

    public WireWriter Number(int field, long value)
    {
        _output.WriteTag(field, Varint);
        _output.WriteInt64(value);
        return this;
    }

    public WireWriter Boolean(int field, bool value)
    {
        _output.WriteTag(field, Varint);
        _output.WriteBool(value);
        return this;
    }

    public WireWriter Message(int field, Action<WireWriter> content) =>
        Bytes(field, UnsafeByteOperations.UnsafeWrap(Message(content)));

    public WireWriter Texts(int field, RepeatedField<string> values)
    {
        foreach (var value in values)
            Text(field, value);
        return this;
    }

    public WireWriter Map(int field, MapField<string, string> entries)
    {
        foreach (var (key, value) in entries)
            Message(field, entry => entry.Text(1, key).Text(2, value));
        return this;
    }
}
