using System.Buffers;
using System.Net.Sockets;
using System.Text;
using Crisp.Grpc.Hpack;
using Crisp.Grpc.Transport;

namespace Crisp.Grpc.Tests.Fakes;

/// <summary>An HTTP/2 client that sends exactly the frames it is told to, right or wrong.</summary>
internal sealed class RawConnection(Socket socket) : IDisposable
{
    private const byte Data = 0;
    private const byte Settings = 4;

    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private readonly HpackDecoder _decoder = new();

    public static async Task<RawConnection> OpenAsync(RunningServer server)
    {
        var connection = new RawConnection(await server.ConnectAsync());
        await connection.SendAsync(Http2Preface.Bytes.ToArray());
        await connection.SendFrameAsync(Settings, 0, 0, []);
        return connection;
    }

    public async Task SendAsync(params byte[] bytes) => await _stream.WriteAsync(bytes);

    public async Task SendFrameAsync(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new ArrayBufferWriter<byte>();
        new FrameHeader(payload.Length, type, flags, stream).Write(frame);
        frame.Write(payload);
        await _stream.WriteAsync(frame.WrittenMemory);
    }

    public Task SendHeadersAsync(int stream, byte[] block) =>
        SendFrameAsync(FrameHeader.Headers, FrameHeader.EndHeaders, stream, block);

    public Task SendDataAsync(int stream, params byte[] message) =>
        SendFrameAsync(Data, FrameHeader.EndStream, stream, message);

    public async Task<RawFrame> ReadFrameAsync(CancellationToken timeout)
    {
        var header = new byte[FrameHeader.Size];
        await _stream.ReadExactlyAsync(header, timeout);
        var frame = FrameHeader.Read(new ReadOnlySequence<byte>(header));
        var payload = new byte[frame.Length];
        await _stream.ReadExactlyAsync(payload, timeout);
        return new RawFrame(frame, payload);
    }

    /// <summary>Reads until the stream ends: its header fields and trailers, and its data.</summary>
    public async Task<RawResponse> ReadResponseAsync(int stream, CancellationToken timeout)
    {
        var response = new RawResponse();
        while (true)
        {
            var (header, payload) = await ReadFrameAsync(timeout);
            if (header.Type == FrameHeader.Headers)
            {
                Decode(payload, header.StreamId == stream ? response : new RawResponse());
            }

            if (header.StreamId != stream)
            {
                continue;
            }

            response.Frames.Add(header);
            if (header.Type == Data)
            {
                response.Body.AddRange(payload);
            }

            if (header.Type is FrameHeader.Headers or Data && header.Has(FrameHeader.EndStream))
            {
                return response;
            }
        }
    }

    /// <summary>Reads until the server gives up on the connection, and returns its HTTP/2 error code.</summary>
    public async Task<int> ReadGoAwayAsync(CancellationToken timeout)
    {
        const byte GoAway = 7;
        while (true)
        {
            var (header, payload) = await ReadFrameAsync(timeout);
            if (header.Type == GoAway)
            {
                return payload[7];
            }
        }
    }

    public void Dispose() => _stream.Dispose();

    private void Decode(byte[] block, RawResponse response)
    {
        foreach (var field in _decoder.Decode(block))
        {
            response.Fields[Encoding.ASCII.GetString(field.Name)] = Encoding.ASCII.GetString(field.Value);
        }
    }
}
