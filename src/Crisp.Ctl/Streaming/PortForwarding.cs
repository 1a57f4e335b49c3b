using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Crisp.Streaming.RemoteCommand;
using Crisp.Streaming.Spdy;
using Crisp.Streaming.WebSockets;

namespace Crisp.Ctl.Streaming;

/// <summary>
/// Listens on 127.0.0.1 and, where there is IPv6, on ::1, and passes each connection on as a pair of SPDY streams: one
/// for its bytes, one for what goes wrong with it. A connection that fails is told and leaves the others alone.
/// </summary>
internal sealed class PortForwarding(Terminal terminal, SpdySession session) : IAsyncDisposable
{
    private const int MaxSaidBytes = 64 * 1024;

    private readonly List<Socket> _listeners = [];
    private int _connections = -1;

    /// <summary>Over WebSocket it is the same SPDY, in a tunnel.</summary>
    internal static async Task<SpdySession> DialAsync(
        StreamTransport transport, HttpUpgrade upgrade, CancellationToken ct)
    {
        if (transport == StreamTransport.Spdy)
            return (await SpdyDialer.DialAsync(upgrade, [StreamProtocols.PortForward], ct)).Session;
        var (socket, _) = await WebSocketDialer.DialAsync(upgrade, [StreamProtocols.TunnelledPortForward], ct);
        return SpdySession.Start(new WebSocketStream(socket), SpdyRole.Client);
    }

    /// <summary>Runs until it is cancelled; the session's end is an error.</summary>
    internal async Task RunAsync(IEnumerable<ForwardedPort> ports, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, session.Ended);
        var accepting = ports.SelectMany(Listen).ToList()
            .ConvertAll(listener => AcceptAsync(listener.Socket, listener.Remote, either.Token));
        try
        {
            await Task.WhenAll(accepting);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new CtlException(
                $"the connection to the pod was lost: {session.Failure?.Message ?? "the runtime closed it"}");
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners) listener.Dispose();
        return session.DisposeAsync();
    }

    private IEnumerable<(Socket Socket, ushort Remote)> Listen(ForwardedPort port)
    {
        var first = Bind(new IPEndPoint(IPAddress.Loopback, port.Local));
        yield return (first, port.Remote);
        if (!Socket.OSSupportsIPv6) yield break;
        Socket? second = null;
        try
        {
            second = Bind(
                new IPEndPoint(IPAddress.IPv6Loopback, ((IPEndPoint)first.LocalEndPoint!).Port)); // it is bound
        }
        catch (CtlException)
        {
            // A machine without ::1, or somebody has it: 127.0.0.1 will do.
        }

        if (second is not null) yield return (second, port.Remote);

        Socket Bind(IPEndPoint endPoint)
        {
            var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(endPoint);
                socket.Listen();
            }
            catch (SocketException e)
            {
                socket.Dispose();
                throw new CtlException($"cannot listen on {endPoint}: {e.Message}", e);
            }

            _listeners.Add(socket);
            terminal.Text.WriteLine($"Forwarding from {socket.LocalEndPoint} -> {port.Remote}");
            return socket;
        }
    }

    private async Task AcceptAsync(Socket listener, ushort remote, CancellationToken ct)
    {
        while (true)
        {
            var connection = await listener.AcceptAsync(ct);
            connection.NoDelay = true;
            await terminal.Text.WriteLineAsync(
                $"Handling connection for {((IPEndPoint)listener.LocalEndPoint!).Port}"); // it is bound
            _ = ForwardAsync(connection, remote, ct);
        }
    }

    /// <summary>Never throws: nobody waits for it.</summary>
    private async Task ForwardAsync(Socket connection, ushort remote, CancellationToken ct)
    {
        try
        {
            await using var local = new NetworkStream(connection, ownsSocket: true);
            var number = Interlocked.Increment(ref _connections).ToString(CultureInfo.InvariantCulture);
            var error = await OpenAsync(StreamHeaders.Error, remote, number, ct);
            await error.CloseWriteAsync(ct);
            var data = await OpenAsync(StreamHeaders.Data, remote, number, ct);
            var saying = TellAsync(error, remote, ct);
            var sending = SendAsync(local, data, ct);
            await ReceiveAsync(data, local, connection, ct);
            await saying;
            // Who has had the whole answer need not say more; without this a client that keeps its end open would hold
            // both.
            connection.Shutdown(SocketShutdown.Both);
            await sending;
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            if (!ct.IsCancellationRequested)
                await terminal.ErrorText.WriteLineAsync($"crispctl: forwarding to {remote}: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            // All of it ends.
        }
    }

    private async Task<SpdyStream> OpenAsync(string type, ushort port, string number, CancellationToken ct)
    {
        var headers = new Dictionary<string, string>
        {
            [StreamHeaders.StreamType] = type,
            [StreamHeaders.Port] = port.ToString(CultureInfo.InvariantCulture),
            [StreamHeaders.RequestId] = number,
        };
        var stream = await session.OpenStreamAsync(headers, ct);
        await stream.Replied.WaitAsync(ct);
        return stream;
    }

    private async Task TellAsync(SpdyStream error, ushort remote, CancellationToken ct)
    {
        var said = new byte[MaxSaidBytes];
        var count = 0;
        try
        {
            count = await error.ReadAtLeastAsync(said, said.Length, throwOnEndOfStream: false, ct);
        }
        catch (SpdyStreamResetException)
        {
            // Ended in another way.
        }

        if (count > 0)
            await terminal.ErrorText.WriteLineAsync(
                $"crispctl: forwarding to {remote}: {Encoding.UTF8.GetString(said, 0, count).Trim()}");
    }

    private static async Task SendAsync(NetworkStream local, SpdyStream data, CancellationToken ct)
    {
        try
        {
            await local.CopyToAsync(data, ct);
            await data.CloseWriteAsync(ct);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // the client is gone, or the pod's end is; either way nothing more can be sent
            data.Reset(SpdyStatus.Cancel);
        }
    }

    private static async Task ReceiveAsync(
        SpdyStream data, NetworkStream local, Socket connection, CancellationToken ct)
    {
        try
        {
            await data.CopyToAsync(local, ct);
            connection.Shutdown(SocketShutdown.Send);
        }
        catch (SpdyStreamResetException)
        {
            // The pod's end of it is gone.
        }
    }
}
