using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace Crisp.Ctl.Streaming;

/// <summary>The client's side of RFC 6455's opening handshake.</summary>
internal static class WebSocketDialer
{
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <returns>The socket, and the protocol that the server picked, which the class library would check by stricter
    /// rules than Kubernetes'.</returns>
    internal static async Task<(WebSocket Socket, string Protocol)> DialAsync(
        HttpUpgrade upgrade, IEnumerable<string> protocols, CancellationToken ct)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var (connection, headers) = await upgrade.RequestAsync(
            "GET",
            [
                ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", key),
                ("Sec-WebSocket-Protocol", string.Join(", ", protocols)),
            ],
            ct);
        if (headers.GetValueOrDefault("sec-websocket-accept") == AcceptOf(key))
            return (
                WebSocket.CreateFromStream(connection, new WebSocketCreationOptions()),
                headers.GetValueOrDefault("sec-websocket-protocol", ""));
        await connection.DisposeAsync();
        throw new CtlException(
            "the streaming server does not speak WebSocket as RFC 6455 has it; try --transport spdy");
    }

    // SHA-1 is what the RFC asks for; it protects nothing.
#pragma warning disable CA5350 // as above
    private static string AcceptOf(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSuffix)));
#pragma warning restore CA5350
}
