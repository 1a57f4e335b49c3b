namespace Crisp.Streaming.Spdy;

/// <summary>Why a stream was reset (2.6.3); the numbers are the wire's.</summary>
public enum SpdyStatus
{
    None = 0,
    ProtocolError = 1,
    InvalidStream = 2,
    RefusedStream = 3,
    UnsupportedVersion = 4,
    Cancel = 5,
    InternalError = 6,
    FlowControlError = 7,
    StreamInUse = 8,
    StreamAlreadyClosed = 9,
    FrameTooLarge = 11,
}
