using System.Buffers;

namespace Crisp.Grpc.Hpack;

/// <summary>
/// Writes fields as literals without indexing, name and value in full (RFC 7541, section 6.2.2): no state, no Huffman.
/// </summary>
internal static class LiteralEncoding
{
    public static void Write(HeaderField field, IBufferWriter<byte> target)
    {
        target.Write([(byte)0]);
        WriteString(field.Name, target);
        WriteString(field.Value, target);
    }

    private static void WriteString(byte[] bytes, IBufferWriter<byte> target)
    {
        const int PrefixMax = 127;
        if (bytes.Length < PrefixMax)
        {
            target.Write([(byte)bytes.Length]);
        }
        else
        {
            target.Write([(byte)PrefixMax]);
            var rest = bytes.Length - PrefixMax;
            for (; rest > 0x7f; rest >>= 7)
            {
                target.Write([(byte)(rest | 0x80)]);
            }

            target.Write([(byte)rest]);
        }

        target.Write(bytes);
    }
}
