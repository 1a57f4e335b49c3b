using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Reflection.V1;

namespace Crisp.Node.Tests.Generations;

/// <summary>
/// Asks for reflection as grpcurl does: questions as the frames of one request body, answers as those of its response.
/// It stands on HTTP/2 alone.
/// </summary>
internal static class ReflectionClient
{
    private const int PrefixBytes = 5;

    public static async Task<IReadOnlyList<ServerReflectionResponse>> AskAsync(
        string socketPath, string version, params ServerReflectionRequest[] questions)
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        };
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"http://localhost/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([.. questions.SelectMany(Frame)]),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TryAddWithoutValidation("te", "trailers");

        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.That(response.TrailingHeaders.GetValues("grpc-status"), Is.EqualTo(new[] { "0" }));
        return [.. Messages(body)];
    }

    private static byte[] Frame(IMessage message)
    {
        byte[] frame = [0, 0, 0, 0, 0, .. message.ToByteArray()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - PrefixBytes);
        return frame;
    }

    private static IEnumerable<ServerReflectionResponse> Messages(byte[] body)
    {
        for (var at = 0; at < body.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(at + 1));
            yield return ServerReflectionResponse.Parser.ParseFrom(body, at + PrefixBytes, length);
            at += PrefixBytes + length;
        }
    }
}
