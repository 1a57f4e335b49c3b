using System.Text;

namespace Crisp.Grpc.Wire;

/// <summary>The value of grpc-message: UTF-8 with everything but printable ASCII, and %, as %XX.</summary>
internal static class StatusMessage
{
    private const string HexDigits = "0123456789ABCDEF";

    public static string Encode(string message)
    {
        if (!message.Any(MustBeEscaped))
        {
            return message;
        }

        var encoded = new StringBuilder(message.Length + 16);
        foreach (var octet in Encoding.UTF8.GetBytes(message))
        {
            if (MustBeEscaped((char)octet))
            {
                encoded.Append('%').Append(HexDigits[octet >> 4]).Append(HexDigits[octet & 15]);
            }
            else
            {
                encoded.Append((char)octet);
            }
        }

        return encoded.ToString();
    }

    /// <summary>What is no valid escape stays as it is: a status must never be lost over its text.</summary>
    public static string Decode(string encoded)
    {
        if (!encoded.Contains('%'))
        {
            return encoded;
        }

        var octets = new List<byte>(encoded.Length);
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] == '%' && i + 2 < encoded.Length
                && char.IsAsciiHexDigit(encoded[i + 1]) && char.IsAsciiHexDigit(encoded[i + 2]))
            {
                octets.Add(Convert.FromHexString(encoded.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                octets.AddRange(Encoding.UTF8.GetBytes([encoded[i]]));
            }
        }

        return Encoding.UTF8.GetString([.. octets]);
    }

    private static bool MustBeEscaped(char c) => c is < ' ' or > '~' or '%';
}
