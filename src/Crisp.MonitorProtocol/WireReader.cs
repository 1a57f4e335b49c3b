using System.Buffers.Binary;
using System.Text;

namespace Crisp.MonitorProtocol;

/// <summary>
/// Reads the fields of one message. A body that ends at a field's start lacks a field younger than its writer: that
/// one reads as zero or empty. A body that ends within a field is malformed.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    internal byte Byte() => _rest.IsEmpty ? (byte)0 : Take(1)[0];

    internal ushort UInt16() =>
        _rest.IsEmpty ? (ushort)0 : BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    internal uint UInt32() => _rest.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    internal int Int32() => (int)UInt32();

    internal ulong UInt64() => _rest.IsEmpty ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    internal long Int64() => (long)UInt64();

    internal string Text()
    {
        var length = UInt32();
        return length <= (uint)_rest.Length ? Encoding.UTF8.GetString(Take((int)length)) : throw Malformed();
    }

    internal string[] Texts()
    {
        var count = UInt32();

        // Every string takes its length at least, which bounds the array before it is made.
        if (count > (uint)_rest.Length / sizeof(uint))
            throw Malformed();
        var values = new string[count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Text();
        return values;
    }

    internal string? OptionalText() => Byte() == 1 ? Text() : null;

    internal int? OptionalInt32() => Byte() == 1 ? Int32() : null;

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw Malformed();
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private static MonitorProtocolException Malformed() =>
        new("a message between daemon and monitor is cut off or malformed");
}
