namespace Crisp.Streaming.Spdy;

/// <summary>One stream was reset; the session goes on.</summary>
public sealed class SpdyStreamResetException(uint streamId, SpdyStatus status)
    : IOException($"stream {streamId} was reset: {status}")
{
    public SpdyStatus Status => status;
}
