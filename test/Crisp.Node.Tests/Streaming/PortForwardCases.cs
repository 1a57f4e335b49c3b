using System.Security.Cryptography;
using Crisp.Testing.Spdy;

namespace Crisp.Node.Tests.Streaming;

/// <summary>kubectl port-forward, over SPDY, to a server that sends back what it gets.</summary>
public static class PortForwardCases
{
    private const int CopiedBytes = 4 << 20;

    public static IEnumerable<StreamCase> All { get; } =
    [
        new("PortForward_ManyConnections_EachHasItsOwn", ManyConnectionsAsync),
        new("PortForward_BothDirectionsAtOnce_LoseNothing", BothDirectionsAsync),
        new("PortForward_NobodyListens_IsAnError", NobodyListensAsync),
    ];

    private static async Task ManyConnectionsAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        int[] ports = [await RunEchoAsync(target), await RunEchoAsync(target)];
        await using PortForwardSession forward = await target.ForwardAsync(cancellationToken, ports);
        List<(SpdyStream Error, SpdyStream Data)> open = [];
        for (int number = 0; number < 20; number++)
        {
            // One after the other is let in, since nc has two wait at its door at most; then all are open at once.
            open.Add(await forward.ConnectAsync(ports[number % 2], cancellationToken));
            await open[number].Data.WriteTextAsync($"connection {number}.", cancellationToken);
            Assert.That(
                await open[number].Data.ReadUntilAsync(".", cancellationToken), Is.EqualTo($"connection {number}."));
        }

        await Task.WhenAll(open.Select(async (connection, number) =>
        {
            await connection.Data.WriteTextAsync($"end {number}", cancellationToken);
            await connection.Data.EndAsync(cancellationToken);
            Assert.That(await connection.Data.ReadTextAsync(cancellationToken), Is.EqualTo($"end {number}"));
            Assert.That(await connection.Error.ReadTextAsync(cancellationToken), Is.Empty);
        }));
    }

    private static async Task BothDirectionsAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        int port = await RunEchoAsync(target);
        await using PortForwardSession forward = await target.ForwardAsync(cancellationToken, port);
        (_, SpdyStream data) = await forward.ConnectAsync(port, cancellationToken);
        byte[] sent = RandomNumberGenerator.GetBytes(CopiedBytes);
        Task sending = SendAsync();
        byte[] received = await data.ReadToEndAsync(cancellationToken);
        await sending;
        Assert.That(received.AsSpan().SequenceEqual(sent),
            Is.True, $"{received.Length} of {sent.Length} bytes, or others, came back");

        async Task SendAsync()
        {
            await data.WriteAsync(sent, cancellationToken);
            await data.EndAsync(cancellationToken);
        }
    }

    private static async Task NobodyListensAsync(StreamTarget target, CancellationToken cancellationToken)
    {
        int port = TestPort.Take();
        await using PortForwardSession forward = await target.ForwardAsync(cancellationToken, port);
        (SpdyStream error, _) = await forward.ConnectAsync(port, cancellationToken);
        Assert.That(await error.ReadTextAsync(cancellationToken), Does.Contain("refused"));
        await forward.Connection.PingAsync(cancellationToken);
    }

    /// <summary>The port on which a container sends back what it gets.</summary>
    public static async Task<int> RunEchoAsync(StreamTarget target)
    {
        int port = TestPort.Take();
        string container = await target.RunAsync(_ => { }, "nc", "-ll", "-p", $"{port}", "-e", "cat");
        await Eventually.GetAsync(
            $"somebody listens on {port}",
            () => target.Cri.ExecAsync(container, "grep", $":{port:X4} ", "/proc/net/tcp", "/proc/net/tcp6"),
            answer => answer.ExitCode == 0 || answer.Stdout.Length > 0);
        return port;
    }
}
