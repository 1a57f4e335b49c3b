namespace Crisp.Streaming.WebSockets;

/// <summary>How a message names its channel and holds its bytes.</summary>
public enum ChannelEncoding
{
    /// <summary>One byte, the channel's number, then the bytes.</summary>
    Binary,

    /// <summary>
    /// One digit, the channel's number, then the bytes in base64; for clients that have text messages alone.
    /// </summary>
    Base64,
}
