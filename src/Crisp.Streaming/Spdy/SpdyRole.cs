namespace Crisp.Streaming.Spdy;

/// <summary>Which end of a session this is: clients number their streams and pings odd, servers even.</summary>
public enum SpdyRole
{
    Client,
    Server,
}
