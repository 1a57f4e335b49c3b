using System.Buffers;
using Crisp.Grpc.Hpack;

namespace Crisp.Grpc.Transport;

/// <summary>Which hosts pass, and what takes the place of others.</summary>
internal static class HostRule
{
    private static readonly SearchValues<byte> s_addressOctets = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    private static readonly byte[] s_localhost = [.. "localhost"u8];

    /// <summary>A field that names no host, or one of a name, an address, either with a port, or nothing.</summary>
    public static bool IsSatisfied(HeaderField field) => !NamesHost(field) || IsValid(field.Value);

    public static HeaderField Apply(HeaderField field) =>
        IsSatisfied(field) ? field : field with { Value = s_localhost };

    private static bool NamesHost(HeaderField field) =>
        field.Name.AsSpan().SequenceEqual(":authority"u8) || field.Name.AsSpan().SequenceEqual("host"u8);

    /// <summary>Stricter than Kestrel: what is refused here needlessly is only copied needlessly.</summary>
    private static bool IsValid(ReadOnlySpan<byte> host)
    {
        if (host.IsEmpty)
        {
            return true;
        }

        var colon = host.LastIndexOf((byte)':');
        var hasPort = colon > host.LastIndexOf((byte)']');
        return IsName(hasPort ? host[..colon] : host) && (!hasPort || IsPort(host[(colon + 1)..]));
    }

    private static bool IsPort(ReadOnlySpan<byte> port) =>
        port.Length <= 5 && port.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        if (name is [(byte)'[', .. var address, (byte)']'])
        {
            return address.Length > 1 && address.IndexOfAnyExcept(s_addressOctets) < 0;
        }

        foreach (var octet in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)octet) && octet is not ((byte)'-' or (byte)'.' or (byte)'_'))
            {
                return false;
            }
        }

        return !name.IsEmpty;
    }
}
