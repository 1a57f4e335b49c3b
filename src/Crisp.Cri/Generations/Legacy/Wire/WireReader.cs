using Google.Protobuf;
using Google.Protobuf.Collections;
using static Google.Protobuf.WireFormat.WireType;

namespace Crisp.Cri.Generations.Legacy.Wire;

/// <summary>
/// The fields of one message in the order in which they were sent. A field that nobody takes is skipped, as protobuf
/// does with unknown ones and with those of another wire type.
/// </summary>
internal sealed class WireReader(ByteString message)
{
    private readonly CodedInputStream _input = message.CreateCodedInput();
    private bool _isTaken = true;

    public int Field { get; private set; }

    public WireFormat.WireType Type { get; private set; }

    public bool Next()
    {
        if (!_isTaken)
            _input.SkipLastField();
        var tag = _input.ReadTag();
        Field = WireFormat.GetTagFieldNumber(tag);
        Type = WireFormat.GetTagWireType(tag);
        _isTaken = false;
        return tag != 0;
    }

    public string Text() => Take().ReadString();

    public bool Boolean() => Take().ReadBool();

    public long Number() => Take().ReadInt64();

    public int Enum() => Take().ReadEnum();

    public ByteString Bytes() => Take().ReadBytes();

    /// <summary>A message whose layout is not v1's.</summary>
    public WireReader Message() => new(Bytes());

    /// <summary>A message that is the same in v1. One that is sent twice is merged, as protobuf wants it.</summary>
    public T Merge<T>(T? into)
        where T : class, IMessage, new()
    {
        into ??= new T();
        Take().ReadMessage(into);
        return into;
    }

    public void Entry(MapField<string, string> into)
    {
        var (key, value) = ("", "");
        for (var entry = Message(); entry.Next();)
        {
            switch (entry.Field, entry.Type)
            {
                case (1, LengthDelimited): key = entry.Text(); break;
                case (2, LengthDelimited): value = entry.Text(); break;
            }
        }
        into[key] = value;
    }

    /// <summary>One number of a repeated field, or all of them packed.</summary>
    public void Numbers(RepeatedField<long> into)
    {
        if (Type != LengthDelimited)
        {
            into.Add(Number());
            return;
        }
        for (var packed = Bytes().CreateCodedInput(); !packed.IsAtEnd;)
            into.Add(packed.ReadInt64());
    }

    private CodedInputStream Take()
    {
        _isTaken = true;
        return _input;
    }
}
