using System.Net.Sockets;
using System.Text;
using Crisp.Grpc.Tests.Fakes;
using Microsoft.AspNetCore.Http;
using Runtime.V1;

namespace Crisp.Grpc.Tests.Transport;

/// <summary>One socket, two protocols.</summary>
[CancelAfter(30_000)]
internal sealed class SocketAcceptorTests
{
    [Test]
    public async Task Http1_HandlerGiven_AnswersBesideGrpc(CancellationToken timeout)
    {
        await using var server = await RunningServer.StartAsync(options => options with
        {
            Http1Handler = http => http.Response.WriteAsync($"{http.Request.Method} {http.Request.Path}"),
        });

        var answer = await AskAsync(server, "GET /info HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", timeout);

        Assert.That(answer, Does.StartWith("HTTP/1.1 200 OK").And.Contain("GET /info"));
        await server.Client.VersionAsync(new VersionRequest(), cancellationToken: timeout);
    }

    [TestCase("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "HTTP/1.1 404")]
    [TestCase("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "HTTP/1.1 404")]
    [TestCase("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n", "\u0000\u0000\u0008\u0007", Description = "an HTTP/2 GOAWAY frame")]
    [TestCase("\u0016\u0003\u0001 TLS is not spoken here\r\n\r\n", "HTTP/1.1 400")]
    public async Task Http1_NoHandler_IsAnswered(string request, string answer, CancellationToken timeout)
    {
        await using var server = await RunningServer.StartAsync();

        Assert.That(await AskAsync(server, request, timeout), Does.StartWith(answer));
    }

    [Test]
    public async Task Connection_ClosedWithoutAByte_HarmsNothing(CancellationToken timeout)
    {
        await using var server = await RunningServer.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            using var socket = await server.ConnectAsync();
        }

        await server.Client.VersionAsync(new VersionRequest(), cancellationToken: timeout);
    }

    /// <summary>Kestrel looks for idle connections once a second.</summary>
    [Test]
    public async Task Connection_Idle_IsKept(CancellationToken timeout)
    {
        await using var server = await RunningServer.StartAsync();
        using var connection = await RawConnection.OpenAsync(server);
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(timeout);
        idle.CancelAfter(TimeSpan.FromSeconds(3));

        Assert.That(() => connection.ReadGoAwayAsync(idle.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Stop_ConnectionIsSilent_DoesNotWaitForIt(CancellationToken timeout)
    {
        await using var server = await RunningServer.StartAsync();
        using var silent = await server.ConnectAsync();
        using var halfPreface = await server.ConnectAsync();
        await halfPreface.SendAsync("PRI"u8.ToArray());

        await server.Server.StopAsync(TimeSpan.FromSeconds(20)).WaitAsync(TimeSpan.FromSeconds(5), timeout);
    }

    private static async Task<string> AskAsync(RunningServer server, string request, CancellationToken timeout)
    {
        using var stream = new NetworkStream(await server.ConnectAsync(), ownsSocket: true);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), timeout);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(timeout);
    }
}
