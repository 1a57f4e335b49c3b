using System.Buffers.Binary;
using Crisp.Linux.Abi;

namespace Crisp.Linux;

/// <summary>The attributes that a netlink message, or one of its attributes, holds.</summary>
internal static class NetlinkAttributes
{
    /// <summary>The content of the first of this type; empty where there is none.</summary>
    internal static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> attributes, ushort type)
    {
        var whole = FindWhole(attributes, type);
        return whole.IsEmpty ? whole : whole[NetlinkConstants.AttributeHeaderSize..];
    }

    /// <summary>The same with its header, as it can be sent on.</summary>
    internal static ReadOnlySpan<byte> FindWhole(ReadOnlySpan<byte> attributes, ushort type)
    {
        while (attributes.Length >= NetlinkConstants.AttributeHeaderSize)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(attributes);
            if (length < NetlinkConstants.AttributeHeaderSize || length > attributes.Length)
                break;
            var found = BinaryPrimitives.ReadUInt16LittleEndian(attributes[2..]) & NetlinkConstants.NLA_TYPE_MASK;
            if (found == type)
                return attributes[..length];
            attributes = attributes[Math.Min(Padded(length), attributes.Length)..];
        }

        return [];
    }

    internal static int Padded(int length) => (length + 3) & ~3;
}
