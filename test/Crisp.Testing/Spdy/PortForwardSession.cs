using System.Globalization;

namespace Crisp.Testing.Spdy;

/// <summary>
/// A session of port-forward over SPDY as kubectl holds it: for each connection a pair of streams, error first, tied
/// together by a number.
/// </summary>
public sealed class PortForwardSession : IAsyncDisposable
{
    private int _requests = -1;

    private PortForwardSession(SpdyConnection connection) => Connection = connection;

    public SpdyConnection Connection { get; }

    public static async Task<PortForwardSession> OpenAsync(
        Uri url, CancellationToken cancellationToken, SpdyTemper temper = SpdyTemper.ClientGo) =>
        new(await SpdyConnection.OpenAsync(
            new UpgradeRequest(url) { Protocols = ["portforward.k8s.io"] }, temper, cancellationToken));

    /// <summary>
    /// The error stream carries a sentence when the connection cannot be made, and nothing otherwise.
    /// </summary>
    public async Task<(SpdyStream Error, SpdyStream Data)> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var request = Interlocked.Increment(ref _requests).ToString(CultureInfo.InvariantCulture);
        var error = await OpenAsync("error", port, request, cancellationToken);
        await error.EndAsync(cancellationToken);
        return (error, await OpenAsync("data", port, request, cancellationToken));
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private Task<SpdyStream> OpenAsync(string type, int port, string request, CancellationToken cancellationToken) =>
        Connection.OpenStreamAsync(
            [new("port", $"{port}"), new("requestid", request), new("streamtype", type)], cancellationToken);
}
