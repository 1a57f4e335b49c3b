using System.Net.Sockets;
using Crisp.Errors;

namespace Crisp.Daemon.Inspection;

/// <summary>Asks the inspect endpoints of the daemon that runs.</summary>
internal static class InspectClient
{
    /// <exception cref="CrispException">NotFound, in the daemon's words; Unavailable: none answers.</exception>
    public static async Task<string> GetAsync(string socket, string path)
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                return new NetworkStream(connection, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler);
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://localhost{path}"));
            var text = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode ? text : throw new CrispException(ErrorKind.NotFound, text.Trim());
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            throw new CrispException(
                ErrorKind.Unavailable, $"no daemon answers on {socket}: {(e.InnerException ?? e).Message}", e);
        }
    }
}
