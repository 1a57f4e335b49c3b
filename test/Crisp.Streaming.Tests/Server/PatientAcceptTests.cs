using System.Net;
using System.Net.Sockets;
using Crisp.Streaming.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crisp.Streaming.Tests.Server;

[CancelAfter(120_000)]
public class PatientAcceptTests
{
    [Test]
    public async Task Next_AfterFailures_AcceptsTheClient(CancellationToken timeout)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, timeout);
        var failures = new Queue<SocketError>(
            [SocketError.TooManyOpenSockets, SocketError.ConnectionAborted, SocketError.NoBufferSpaceAvailable]);
        var accept = new PatientAccept(
            ct => failures.TryDequeue(out var error)
                ? throw new SocketException((int)error)
                : listener.Server.AcceptAsync(ct),
            NullLogger.Instance, TimeProvider.System);

        using var accepted = await accept.NextAsync(timeout);

        Assert.That(
            ((IPEndPoint)accepted.RemoteEndPoint!).Port, Is.EqualTo(((IPEndPoint)client.Client.LocalEndPoint!).Port));
        Assert.That(failures, Is.Empty);
    }

    [Test]
    public void Next_ListenerClosed_Ends()
    {
        var accept = new PatientAccept(
            _ => throw new SocketException((int)SocketError.OperationAborted), NullLogger.Instance,
            TimeProvider.System);

        Assert.That(() => accept.NextAsync(CancellationToken.None), Throws.InstanceOf<SocketException>());
    }
}
