using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Crisp.Ctl.Streaming;

/// <summary>
/// Asks a streaming server to go on in another protocol: one HTTP/1.1 request, whose answer is 101, or says why not.
/// </summary>
internal sealed class HttpUpgrade(Uri url, TlsSettings tls)
{
    private const int MaxHeadBytes = 64 * 1024;
    private const int MaxBodyBytes = 64 * 1024;
    private const int Switching = 101;

    /// <returns>The connection behind the answer, and the answer's headers by name in lower case.</returns>
    internal async Task<(Stream Connection, IReadOnlyDictionary<string, string> Headers)> RequestAsync(
        string method, IEnumerable<(string Name, string Value)> headers, CancellationToken ct)
    {
        var connection = await ConnectAsync(ct);
        try
        {
            await connection.WriteAsync(Encoding.ASCII.GetBytes(Head(method, headers)), ct);
            var (status, answer) = await ReadHeadAsync(connection, ct);
            return status == Switching
                ? (connection, answer)
                : throw new CtlException(
                    $"the streaming server at {url.Authority} answered {status}: {await ReadBodyAsync(connection, answer, ct)}");
        }
        catch (IOException e)
        {
            await connection.DisposeAsync();
            throw new CtlException($"the streaming server at {url.Authority} hung up: {e.Message}", e);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private string Head(string method, IEnumerable<(string Name, string Value)> headers)
    {
        var head = new StringBuilder($"{method} {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\n");
        head.Append("User-Agent: crispctl/").Append(Program.ProductVersion).Append("\r\nConnection: Upgrade\r\n");
        if (method == "POST") head.Append("Content-Length: 0\r\n");
        foreach (var (name, value) in headers) head.Append(name).Append(": ").Append(value).Append("\r\n");
        return head.Append("\r\n").ToString();
    }

    private async Task<Stream> ConnectAsync(CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(url.IdnHost, url.Port, ct);
            var plain = new NetworkStream(socket, ownsSocket: true);
            if (url.Scheme != Uri.UriSchemeHttps) return plain;
            var secure = new SslStream(plain);
            await secure.AuthenticateAsClientAsync(tls.For(url), ct);
            return secure;
        }
        catch (Exception e) when (e is SocketException or AuthenticationException or IOException)
        {
            socket.Dispose();
            throw new CtlException($"cannot reach the streaming server at {url.Authority}: {e.Message}", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<(int Status, IReadOnlyDictionary<string, string> Headers)> ReadHeadAsync(
        Stream connection, CancellationToken ct)
    {
        // Byte by byte: what follows the empty line belongs to the next protocol.
        var head = new StringBuilder();
        var next = new byte[1];
        while (head.Length < 4 || head[^1] != '\n' || head[^3] != '\n')
        {
            if (head.Length == MaxHeadBytes) throw new IOException("its answer has no end");
            await connection.ReadExactlyAsync(next, ct);
            head.Append((char)next[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        if (lines is [] || lines[0].Split(' ') is not [_, var code, ..] || !int.TryParse(code, out var status))
            throw new IOException("its answer is not HTTP");
        var headers = new Dictionary<string, string>();
        foreach (var line in lines.Skip(1))
            if (line.IndexOf(':') is var colon and > 0)
                headers[line[..colon].ToLowerInvariant()] = line[(colon + 1)..].Trim();
        return (status, headers);
    }

    private static async Task<string> ReadBodyAsync(
        Stream connection, IReadOnlyDictionary<string, string> headers, CancellationToken ct)
    {
        if (!int.TryParse(headers.GetValueOrDefault("content-length"), out var length) || length <= 0)
            return "nothing more";
        var body = new byte[Math.Min(length, MaxBodyBytes)];
        var read = await connection.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, ct);
        return Encoding.UTF8.GetString(body, 0, read).Trim();
    }
}
