using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Crisp.Cni.Results;

/// <summary>Addresses as CNI writes them. Stricter than IPAddress.Parse, which takes "1" for 0.0.0.1.</summary>
internal static class AddressText
{
    internal static IPAddress Parse(string text)
    {
        var plain = text.Contains(':') ? !text.Contains('%') : text.Count(c => c == '.') == 3;
        return plain && IPAddress.TryParse(text, out var address)
            ? address
            : throw new FormatException($"\"{text}\" is not an IP address");
    }

    internal static (IPAddress Address, int PrefixLength) ParseCidr(string text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0) throw new FormatException($"\"{text}\" is not an address with a prefix length");
        var address = Parse(text[..slash]);
        var longest = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        return int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, null, out var length) && length <= longest
            ? (address, length)
            : throw new FormatException($"\"{text}\" has no prefix length of 0 to {longest}");
    }
}
