namespace Crisp.Streaming.Spdy;

/// <summary>The peer broke SPDY/3.1 in a way that ends the session; the message says how.</summary>
public sealed class SpdyProtocolException(string message, Exception? inner = null) : IOException(message, inner);
