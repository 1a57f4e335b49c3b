namespace Crisp.Streaming.Spdy;

/// <summary>What a peer may make us hold.</summary>
internal static class SpdyLimits
{
    /// <summary>Longest control frame taken, bytes; the real ones hold a few headers.</summary>
    public const int ControlFrameBytes = 32 * 1024;

    /// <summary>Longest header block after inflating, bytes: a small frame can inflate a thousandfold.</summary>
    public const int HeaderBlockBytes = 16 * 1024;

    /// <summary>Most headers of one frame.</summary>
    public const int Headers = 128;

    /// <summary>Most entries of one SETTINGS frame; eight are defined.</summary>
    public const int Settings = 64;

    /// <summary>
    /// Most streams at a time in one session, of those that are open and those that nobody has looked at yet. A
    /// forwarded connection takes two.
    /// </summary>
    public const int Streams = 1024;

    /// <summary>Most small frames that wait for a peer to read: echoes of its pings, and resets.</summary>
    public const int PostedFrames = 4096;

    /// <summary>How long a peer that broke the protocol gets to hear it.</summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    /// <summary>Largest data frame sent, bytes.</summary>
    public const int DataFrameBytes = 32 * 1024;

    /// <summary>A window before anybody says otherwise, bytes (2.6.8).</summary>
    public const int DefaultWindow = 64 * 1024;

    /// <summary>
    /// What we let a peer send ahead on one stream, bytes. Twice that is held of a peer that keeps no windows.
    /// </summary>
    public const int ReceiveWindow = 128 * 1024;
}
