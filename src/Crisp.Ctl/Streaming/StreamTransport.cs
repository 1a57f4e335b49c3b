namespace Crisp.Ctl.Streaming;

/// <summary>What streams travel over; every runtime speaks SPDY, newer ones WebSocket too.</summary>
internal enum StreamTransport
{
    Spdy,
    WebSocket,
}
