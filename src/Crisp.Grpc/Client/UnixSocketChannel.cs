using System.Net;
using System.Net.Sockets;
using Grpc.Core;

namespace Crisp.Grpc.Client;

/// <summary>
/// The way to a gRPC server on a unix socket, by HTTP/2 without negotiation. It connects with the first call, and anew
/// when the server was restarted.
/// </summary>
public sealed class UnixSocketChannel : ChannelBase, IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly UnixSocketCallInvoker _invoker;

    public UnixSocketChannel(string socketPath, UnixSocketChannelOptions? options = null)
        : base(socketPath)
    {
        var endPoint = new UnixDomainSocketEndPoint(socketPath);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellationToken) => ConnectAsync(endPoint, cancellationToken),
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            EnableMultipleHttp2Connections = true,
            UseCookies = false,
            UseProxy = false,
        });
        _invoker = new UnixSocketCallInvoker(_http, socketPath, options ?? new UnixSocketChannelOptions());
    }

    public override CallInvoker CreateCallInvoker() => _invoker;

    /// <summary>Ends calls that still run.</summary>
    public void Dispose() => _http.Dispose();

    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }

    private static async ValueTask<Stream> ConnectAsync(EndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
