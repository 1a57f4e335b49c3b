using System.Security.Cryptography;
using System.Text;
using Crisp.Streaming.RemoteCommand;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Crisp.Streaming.Server;

/// <summary>
/// What a client asks to speak, and what is agreed: the answer's headers are set, the upgrade itself is next.
/// </summary>
/// <param name="IsWebSocket">Else SPDY.</param>
/// <param name="Protocol">The protocol inside; null where the client named none.</param>
internal sealed record Upgrade(bool IsWebSocket, string? Protocol)
{
    private static readonly string[] s_spdyCommand =
        [StreamProtocols.V4, StreamProtocols.V3, StreamProtocols.V2, StreamProtocols.V1];

    private static readonly string[] s_webSocketCommand =
        [StreamProtocols.V5,
            StreamProtocols.V4, StreamProtocols.V4Base64, StreamProtocols.V1, StreamProtocols.V1Base64];

    private static readonly string[] s_spdyForward = [StreamProtocols.PortForward];

    private static readonly string[] s_webSocketForward =
    [
        StreamProtocols.TunnelledPortForward, StreamProtocols.V2PortForward, StreamProtocols.V5, StreamProtocols.V4,
        StreamProtocols.V4Base64, StreamProtocols.V1, StreamProtocols.V1Base64,
    ];

    /// <exception cref="RefusedException">400, 403 or 426, with the reason.</exception>
    public static Upgrade Negotiate(HttpContext context, bool isForward)
    {
        var wanted = Items(context.Request.Headers.Upgrade);
        var webSocket = wanted.Contains("websocket", StringComparer.OrdinalIgnoreCase);
        var spdy = wanted.Contains(StreamProtocols.Spdy, StringComparer.OrdinalIgnoreCase);
        if (!Items(context.Request.Headers.Connection).Contains("upgrade", StringComparer.OrdinalIgnoreCase)
            || wanted.Length == 0)
            throw new RefusedException(
                400,
                $"the request has no \"Connection: Upgrade\" with \"Upgrade: {StreamProtocols.Spdy}\" or \"Upgrade: websocket\"");
        if (webSocket && spdy)
            throw new RefusedException(400, "the request asks for WebSocket and SPDY at once: name one in \"Upgrade\"");
        return webSocket ? NegotiateWebSocket(context, isForward)
            : spdy ? NegotiateSpdy(context, isForward)
            : throw new RefusedException(
                400, $"\"Upgrade: {string.Join(", ", wanted)}\" is neither {StreamProtocols.Spdy} nor websocket");
    }

    private static Upgrade NegotiateSpdy(HttpContext context, bool isForward)
    {
        var offered = Items(context.Request.Headers[StreamProtocols.VersionHeader]);
        var protocol = Choose(offered, isForward ? s_spdyForward : s_spdyCommand);
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = StreamProtocols.Spdy;
        if (protocol is not null)
            context.Response.Headers[StreamProtocols.VersionHeader] = protocol;
        return new Upgrade(false, protocol);
    }

    private static Upgrade NegotiateWebSocket(HttpContext context, bool isForward)
    {
        var key = context.Request.Headers.SecWebSocketKey.ToString();
        if (context.Request.Headers.SecWebSocketVersion != "13")
        {
            context.Response.Headers.SecWebSocketVersion = "13";
            throw new RefusedException(426, "\"Sec-WebSocket-Version\" must be 13");
        }

        if (context.Request.Method != HttpMethods.Get)
            throw new RefusedException(405, "a WebSocket begins with GET");
        if (!Convert.TryFromBase64String(key, new byte[24], out var length) || length != 16)
            throw new RefusedException(400, "\"Sec-WebSocket-Key\" must be 16 bytes in base64");
        var protocol = Choose(
            Items(context.Request.Headers.SecWebSocketProtocol), isForward ? s_webSocketForward : s_webSocketCommand);
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.SecWebSocketAccept = Accept(key);
        if (protocol is not null)
            context.Response.Headers.SecWebSocketProtocol = protocol;
        return new Upgrade(true, protocol);
    }

    /// <summary>
    /// The first that the client names and we know; null where it names none, which means the first version.
    /// </summary>
    private static string? Choose(string[] offered, string[] known)
    {
        if (offered.Length == 0)
            return null;
        return offered.FirstOrDefault(known.Contains) ?? throw new RefusedException(
            403,
            $"no protocol in common: the client offers {string.Join(", ", offered)}, this server knows {string.Join(", ", known)}");
    }

    private static string[] Items(StringValues header) =>
        [.. header.SelectMany(
            value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>RFC 6455, 4.2.2.</summary>
    private static string Accept(string key)
    {
#pragma warning disable CA5350 // what RFC 6455 wants; it protects nothing
        return Convert.ToBase64String(
            SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
    }
}
