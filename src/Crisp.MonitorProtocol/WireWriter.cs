using System.Buffers.Binary;
using System.Text;

namespace Crisp.MonitorProtocol;

/// <summary>Writes the fields of one message, in the widths that <see cref="MonitorCodec"/> documents.</summary>
internal ref struct WireWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    internal int Length { get; private set; }

    internal void Header(ushort type, uint id)
    {
        UInt16(type);
        BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), id);
    }

    internal void Byte(byte value) => Take(1)[0] = value;

    internal void UInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(sizeof(ushort)), value);

    internal void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    internal void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    internal void UInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(sizeof(ulong)), value);

    internal void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    internal void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Int32(length);
        Encoding.UTF8.GetBytes(value, Take(length));
    }

    internal void Texts(IReadOnlyList<string> values)
    {
        Int32(values.Count);
        for (var i = 0; i < values.Count; i++)
            Text(values[i]);
    }

    internal void OptionalText(string? value)
    {
        Byte(value is null ? (byte)0 : (byte)1);
        if (value is not null)
            Text(value);
    }

    internal void OptionalInt32(int? value)
    {
        Byte(value is null ? (byte)0 : (byte)1);
        if (value is { } number)
            Int32(number);
    }

    private Span<byte> Take(int count)
    {
        if (count > _buffer.Length - Length)
            throw new MonitorProtocolException($"a message to or from a monitor is longer than {_buffer.Length} bytes");
        Length += count;
        return _buffer.Slice(Length - count, count);
    }
}
