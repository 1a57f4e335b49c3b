using Crisp.Cri.Generations.Legacy.Wire;
using Google.Protobuf;
using static Google.Protobuf.WireFormat.WireType;

namespace Crisp.Cri.Generations.Legacy;

/// <summary>One request as it came, with the way to find out which layout it has.</summary>
internal sealed class LegacyRequest(byte[] bytes, Func<LegacyLayout?, LegacyLayout> layoutOf)
{
    public ByteString Bytes { get; } = UnsafeByteOperations.UnsafeWrap(bytes);

    /// <summary>What the answer will be written in, once the request was read.</summary>
    public LegacyLayout Layout { get; private set; }

    public LegacyLayout Decide(LegacyLayout? shown) => Layout = layoutOf(shown);

    /// <summary>A message that is the same in all layouts, or an RPC that only layouts from this one on have.</summary>
    public T Parse<T>(MessageParser<T> parser, LegacyLayout? shown = null)
        where T : IMessage<T>
    {
        Decide(shown);
        return parser.ParseFrom(Bytes);
    }

    /// <summary>The bytes of a field that holds a message, sent once or in parts; null where it is absent.</summary>
    public ByteString? Part(int field)
    {
        ByteString? part = null;
        for (var wire = new WireReader(Bytes); wire.Next();)
        {
            if (wire.Field == field && wire.Type == LengthDelimited)
                part = part is null ? wire.Bytes() : ByteString.CopyFrom([.. part.Span, .. wire.Bytes().Span]);
        }
        return part;
    }

    public string Text(int field)
    {
        var text = "";
        for (var wire = new WireReader(Bytes); wire.Next();)
        {
            if (wire.Field == field && wire.Type == LengthDelimited)
                text = wire.Text();
        }
        return text;
    }

    /// <summary>Whether a field was sent, whatever it says.</summary>
    public bool Has(int field)
    {
        for (var wire = new WireReader(Bytes); wire.Next();)
        {
            if (wire.Field == field)
                return true;
        }
        return false;
    }
}
