namespace Crisp.Testing.Spdy;

public sealed class SpdyResetException(uint stream, SpdyStatus status)
    : IOException($"stream {stream} was reset: {status}")
{
    public SpdyStatus Status => status;
}
