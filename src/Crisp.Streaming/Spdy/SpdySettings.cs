namespace Crisp.Streaming.Spdy;

/// <summary>The entries of SETTINGS that mean something here (2.6.4).</summary>
internal static class SpdySettings
{
    /// <summary>Bytes that may be sent ahead on each stream.</summary>
    public const uint InitialWindowSize = 7;
}
