namespace Crisp.Testing.Spdy;

/// <summary>Types of control frames, and <see cref="Data"/> for the frames that are none.</summary>
public enum SpdyFrameType
{
    Data = 0,
    SynStream = 1,
    SynReply = 2,
    RstStream = 3,
    Settings = 4,
    Ping = 6,
    GoAway = 7,
    Headers = 8,
    WindowUpdate = 9,
}
