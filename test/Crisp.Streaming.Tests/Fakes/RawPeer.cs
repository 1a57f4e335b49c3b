using System.Buffers.Binary;
using Crisp.Streaming.Spdy;

namespace Crisp.Streaming.Tests.Fakes;

/// <summary>A peer without a session: it writes bytes as a test says and reads frames one by one.</summary>
internal sealed class RawPeer(DuplexStream transport)
{
    public SpdyHeaderEncoder Headers { get; } = new();

    public static (SpdySession Session, RawPeer Peer) ToServer()
    {
        var (server, client) = DuplexStream.Pair();
        return (SpdySession.Start(server, SpdyRole.Server), new RawPeer(client));
    }

    public static (SpdySession Session, RawPeer Peer) ToClient()
    {
        var (client, server) = DuplexStream.Pair();
        return (SpdySession.Start(client, SpdyRole.Client), new RawPeer(server));
    }

    public ValueTask SendAsync(params byte[] bytes) => transport.WriteAsync(bytes);

    public ValueTask SendControlAsync(SpdyFrameType type, byte[] payload, SpdyFlags flags = SpdyFlags.None) =>
        SendAsync(Frame(SpdyFrameHeader.Control(type, payload.Length, flags), payload));

    public ValueTask SendDataAsync(uint streamId, byte[] payload, bool fin = false) =>
        SendAsync(Frame(SpdyFrameHeader.Data(streamId, payload.Length, fin), payload));

    public ValueTask SendSynStreamAsync(uint id, params (string Name, string Value)[] headers) =>
        SendControlAsync(SpdyFrameType.SynStream,
            [.. Number(id), 0, 0, 0, 0, 0, 0, .. Headers.Encode(headers.ToDictionary(h => h.Name, h => h.Value))]);

    public void CloseWrite() => transport.CloseWrite();

    /// <summary>The next frame that is not a grant of room, which comes when it comes.</summary>
    public async Task<(SpdyFrameHeader Header, byte[] Payload)> ReadAsync()
    {
        while (true)
        {
            var (header, payload) = await ReadAnyAsync();
            if (header.Type is not (SpdyFrameType.Settings or SpdyFrameType.WindowUpdate))
                return (header, payload);
        }
    }

    public async Task<(SpdyFrameHeader Header, byte[] Payload)> ReadAnyAsync()
    {
        var bytes = new byte[SpdyFrameHeader.Size];
        await transport.ReadExactlyAsync(bytes);
        var header = SpdyFrameHeader.Read(bytes);
        var payload = new byte[header.Length];
        await transport.ReadExactlyAsync(payload);
        return (header, payload);
    }

    public static byte[] Number(uint number)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Frame(SpdyFrameHeader header, byte[] payload)
    {
        var frame = new byte[SpdyFrameHeader.Size + payload.Length];
        header.Write(frame);
        payload.CopyTo(frame, SpdyFrameHeader.Size);
        return frame;
    }
}
