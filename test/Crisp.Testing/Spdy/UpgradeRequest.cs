using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Crisp.Testing.Spdy;

/// <summary>The HTTP/1.1 request that begins a session, written out so that a test can spoil any part of it.</summary>
public sealed record UpgradeRequest(Uri Url)
{
    public string Method { get; init; } = "POST";

    /// <summary>In the order of preference; the server picks the first that it knows.</summary>
    public IReadOnlyList<string> Protocols { get; init; } = [];

    /// <summary>As client-go sends them.</summary>
    public IReadOnlyList<(string Name, string Value)> UpgradeHeaders { get; init; } =
        [("Connection", "Upgrade"), ("Upgrade", "SPDY/3.1")];

    public IReadOnlyList<(string Name, string Value)> MoreHeaders { get; init; } = [];

    /// <summary>SHA-256 of the one certificate that is believed, in hexadecimal.</summary>
    public string CertificateHash { get; init; } = "";

    public async Task<UpgradeAnswer> SendAsync(CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken);
        try
        {
            await connection.WriteAsync(Encoding.ASCII.GetBytes(ToString()), cancellationToken);
            return await ReadAnswerAsync(connection, cancellationToken);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override string ToString() =>
        $"{Method} {Url.PathAndQuery} HTTP/1.1\r\nHost: {Url.Authority}\r\nUser-Agent: crisp-test\r\n"
        + (Method == "POST" ? "Content-Length: 0\r\n" : "")
        + string.Concat(UpgradeHeaders.Concat(Protocols.Select(protocol => ("X-Stream-Protocol-Version", protocol)))
            .Concat(MoreHeaders).Select(header => $"{header.Item1}: {header.Item2}\r\n"))
        + "\r\n";

    private async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(Url.IdnHost, Url.Port, cancellationToken);
            var plain = new NetworkStream(socket, ownsSocket: true);
            if (Url.Scheme != Uri.UriSchemeHttps)
                return plain;
            var secure = new SslStream(
                plain, leaveInnerStreamOpen: false,
                (_, certificate, _, _) => certificate?.GetCertHashString(HashAlgorithmName.SHA256) == CertificateHash);
            await secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = Url.IdnHost }, cancellationToken);
            return secure;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<UpgradeAnswer> ReadAnswerAsync(Stream connection, CancellationToken cancellationToken)
    {
        var lines = (await ReadHeadAsync(connection, cancellationToken)).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0].ToLowerInvariant())
            .ToDictionary(group => group.Key, group => string.Join(",", group.Select(parts => parts[1].Trim())));
        var status = int.Parse(lines[0].Split(' ')[1]);
        var body = new byte[status == 101 ? 0 : int.Parse(headers.GetValueOrDefault("content-length", "0"))];
        await connection.ReadExactlyAsync(body, cancellationToken);
        return new UpgradeAnswer(status, headers, Encoding.UTF8.GetString(body), connection);
    }

    /// <summary>Byte by byte: what follows the empty line belongs to the next protocol.</summary>
    private static async Task<string> ReadHeadAsync(Stream connection, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var next = new byte[1];
        while (head.Length < 4 || head.ToString(head.Length - 4, 4) != "\r\n\r\n")
        {
            if (await connection.ReadAsync(next, cancellationToken) == 0)
                throw new EndOfStreamException($"the connection ended in the answer's head: {head}");
            head.Append((char)next[0]);
        }

        return head.ToString();
    }
}
