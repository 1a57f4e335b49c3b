namespace Crisp.Grpc.Hpack;

/// <summary>A header block that does not decode: the connection cannot go on (RFC 7541, section 5 and on).</summary>
internal sealed class HpackException(string message) : Exception(message);
