using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Grpc.Core;

namespace Crisp.Node.Tests.Generations;

/// <summary>
/// HTTP/2 and gRPC as the grpc-go of kubelets before 1.26 spoke it on a unix socket, frame by frame: the socket's path
/// as :authority, timeouts in microseconds, header fields as literals. A frame is length 3 bytes, type 1, flags 1,
/// stream 4.
/// </summary>
internal sealed class OldGrpcConnection : IAsyncDisposable
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Settings = 4;
    private const byte GoAway = 7;
    private const byte Ack = 1;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;
    private const int PrefixBytes = 5;

    private readonly NetworkStream _stream;
    private readonly string _authority;
    private readonly string _agent;
    private int _lastStream = -1;

    private OldGrpcConnection(NetworkStream stream, string authority, string agent)
    {
        _stream = stream;
        _authority = authority;
        _agent = agent;
    }

    /// <summary>A header table of no bytes keeps the server's header blocks legible without a decoder.</summary>
    public static async Task<OldGrpcConnection> OpenAsync(
        string socketPath, string authority, string agent, CancellationToken timeout)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), timeout);
        var connection = new OldGrpcConnection(new NetworkStream(socket, ownsSocket: true), authority, agent);
        await connection._stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), timeout);
        await connection.SendAsync(Settings, 0, 0, [0, 1, 0, 0, 0, 0], timeout);
        return connection;
    }

    /// <summary>One call to its end: the answer's bytes.</summary>
    /// <exception cref="RpcException">It was answered with another status than OK.</exception>
    public async Task<byte[]> CallAsync(string method, KubeletBytes request, CancellationToken timeout)
    {
        var stream = _lastStream += 2;
        var message = request.ToArray();
        var framed = new byte[PrefixBytes + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed, PrefixBytes);
        await SendAsync(Headers, EndHeaders, stream, HeaderBlock(method), timeout);
        await SendAsync(Data, EndStream, stream, framed, timeout);
        return await ReadAnswerAsync(method, stream, timeout);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private byte[] HeaderBlock(string method)
    {
        using var block = new MemoryStream();
        foreach (var (name, value) in new[]
        {
            (":method", "POST"),
            (":scheme", "http"), (":path", method), (":authority", _authority), ("content-type", "application/grpc"),
            ("user-agent", _agent), ("te", "trailers"), ("grpc-timeout", "59998132u"),
        })
        {
            block.WriteByte(0); // a literal that is not to be remembered, its name included
            WriteText(block, name);
            WriteText(block, value);
        }

        return block.ToArray();
    }

    /// <summary>A length in seven bits, and what is beyond 127 in a second byte (RFC 7541, 5.1).</summary>
    private static void WriteText(MemoryStream block, string text)
    {
        if (text.Length < 127)
            block.WriteByte((byte)text.Length);
        else
            block.Write([127, (byte)(text.Length - 127)]);
        block.Write(Encoding.ASCII.GetBytes(text));
    }

    private async Task<byte[]> ReadAnswerAsync(string method, int stream, CancellationToken timeout)
    {
        List<byte> body = [];
        while (true)
        {
            var (type, flags, id, payload) = await ReadAsync(timeout);
            if (type == GoAway)
                throw new InvalidOperationException($"{method}: the server closes the connection, error {payload[7]}");
            if (type == Settings && (flags & Ack) == 0)
                await SendAsync(Settings, Ack, 0, [], timeout);
            if (id != stream)
                continue;
            if (type == Data)
                body.AddRange(payload);
            else if (type == Headers && (flags & EndStream) != 0)
                return StatusIn(payload) == "0" ? [.. body.Skip(PrefixBytes)]
                    : throw new RpcException(new Status(
                        (StatusCode)int.Parse(StatusIn(payload)), $"{method}: {Encoding.UTF8.GetString(payload)}"));
            else if (type is not (Headers or Data or Settings or 8))
                throw new InvalidOperationException(
                    $"{method}: a frame of type {type} with {Convert.ToHexString(payload)}");
        }
    }

    /// <summary>grpc-status stands in the block as a literal: its name, a length of one or two, its digits.</summary>
    private static string StatusIn(byte[] trailers)
    {
        var at = trailers.AsSpan().IndexOf("grpc-status"u8) + "grpc-status".Length;
        return Encoding.ASCII.GetString(trailers, at + 1, trailers[at]);
    }

    private async Task SendAsync(byte type, byte flags, int stream, byte[] payload, CancellationToken timeout)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        await _stream.WriteAsync(frame, timeout);
    }

    private async Task<(byte Type, byte Flags, int Stream, byte[] Payload)> ReadAsync(CancellationToken timeout)
    {
        var header = new byte[9];
        await _stream.ReadExactlyAsync(header, timeout);
        var payload = new byte[(header[0] << 16) | (header[1] << 8) | header[2]];
        await _stream.ReadExactlyAsync(payload, timeout);
        return (header[3], header[4], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)), payload);
    }
}
