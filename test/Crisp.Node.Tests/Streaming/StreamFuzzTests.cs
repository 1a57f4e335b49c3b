using System.Net.Sockets;
using Crisp.Testing.Spdy;

namespace Crisp.Node.Tests.Streaming;

/// <summary>
/// The daemon's streaming server gets bytes that no honest client sends. It may end such a session as it likes; it goes
/// on for others, and nothing of the bad one stays.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
[CancelAfter(480_000)]
public class StreamFuzzTests(string runtime) : StreamFixture(runtime)
{
    private const int MutatedSessions = 120;

    /// <summary>For what the memory allocator keeps; one bomb of headers alone would be as much.</summary>
    private const long MemoryKilobytes = 64 * 1024;

    private static readonly TimeSpan WritePatience = TimeSpan.FromSeconds(3);

    private string _container = "";
    private ProcessFigures _before = null!; // set before each test

    [SetUp]
    public async Task LookAsync()
    {
        _container = await Target.RunSleeperAsync();
        using var deadline = new CancellationTokenSource(Eventually.Patience);
        await ProveAsync(deadline.Token);
        _before = ProcessFigures.Of(Node.Daemon.Id);
    }

    [Test]
    public async Task Session_OfNamedAttacks_LeavesTheDaemonAsItWas(CancellationToken cancellationToken)
    {
        foreach ((string name, byte[] bytes) in FrameAttacks.Named)
        {
            TestContext.Out.WriteLine(name);
            await SendAsync(await ExecUrlAsync(), RemoteCommandProtocols, bytes, cancellationToken);
            await SendAsync(await ForwardUrlAsync(), ["portforward.k8s.io"], bytes, cancellationToken);
        }

        await ProveNothingIsLeftAsync(cancellationToken);
    }

    [Test]
    public async Task Session_RecordedAndChanged_LeavesTheDaemonAsItWas(CancellationToken cancellationToken)
    {
        var exec = await RecordExecAsync(cancellationToken);
        var forward = await RecordForwardAsync(cancellationToken);
        _before = ProcessFigures.Of(Node.Daemon.Id); // with the container that it forwards to
        for (var number = 0; number < MutatedSessions; number++)
        {
            await SendAsync(
                await ExecUrlAsync(), RemoteCommandProtocols, FrameAttacks.Mutated(exec, number), cancellationToken);
            await SendAsync(await ForwardUrlAsync(),
                ["portforward.k8s.io"], FrameAttacks.Mutated(forward, number), cancellationToken);
        }

        await ProveNothingIsLeftAsync(cancellationToken);
    }

    private static IReadOnlyList<string> RemoteCommandProtocols => RemoteCommandRequest.AllProtocols;

    private Task<Uri> ExecUrlAsync() => Target.ExecUrlAsync(_container, stdin: true, tty: false, "cat");

    private async Task<Uri> ForwardUrlAsync() => new(
        (await Cri.Runtime.PortForwardAsync(
            new PortForwardRequest { PodSandboxId = Target.PodId }, CriCalls.Options())).Url);

    private async Task<IReadOnlyList<byte[]>> RecordExecAsync(CancellationToken cancellationToken)
    {
        await using var exec = await Target.ExecAsync(_container, stdin: true, tty: false, cancellationToken, "cat");
        await exec.Stdin.WriteTextAsync("some words", cancellationToken);
        await exec.Connection.PingAsync(cancellationToken);
        await exec.Stdin.EndAsync(cancellationToken);
        await exec.FinishAsync(cancellationToken);
        return [.. exec.Connection.Sent];
    }

    private async Task<IReadOnlyList<byte[]>> RecordForwardAsync(CancellationToken cancellationToken)
    {
        var port = await PortForwardCases.RunEchoAsync(Target);
        await using var forward = await Target.ForwardAsync(cancellationToken);
        for (var i = 0; i < 2; i++)
        {
            (_, SpdyStream data) = await forward.ConnectAsync(port, cancellationToken);
            await data.WriteTextAsync("some words", cancellationToken);
            await data.EndAsync(cancellationToken);
            await data.ReadTextAsync(cancellationToken);
        }

        return [.. forward.Connection.Sent];
    }

    /// <summary>Sends and says no more; then the server has to hang up.</summary>
    private static async Task SendAsync(
        Uri url, IReadOnlyList<string> protocols, byte[] bytes, CancellationToken cancellationToken)
    {
        await using var answer = await new UpgradeRequest(url) { Protocols = protocols }.SendAsync(cancellationToken);
        Assert.That(answer.Status, Is.EqualTo(101));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(WritePatience);
        try
        {
            await answer.Connection.WriteAsync(bytes, patience.Token);
            ((NetworkStream)answer.Connection).Socket.Shutdown(SocketShutdown.Send);
            await answer.Connection.CopyToAsync(Stream.Null, cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // It hung up before.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It reads no more of a flood whose answers nobody reads.
        }
    }

    private async Task ProveAsync(CancellationToken cancellationToken)
    {
        await using var exec = await Target.ExecAsync(
            _container, stdin: false, tty: false, cancellationToken, "echo", "still here");
        Assert.That((await exec.FinishAsync(cancellationToken)).Stdout, Is.EqualTo("still here\n"));
    }

    private async Task ProveNothingIsLeftAsync(CancellationToken cancellationToken)
    {
        await ProveAsync(cancellationToken);
        await _before.ComesBackAsync(Node.Daemon.Id);
        await Eventually.GetAsync(
            "no command of a session runs any more",
            () => Cri.ExecAsync(_container, "sh", "-c", "ps | grep -c '[c]at$'"),
            answer => answer.Stdout.ToStringUtf8().Trim() == "0");
        Assert.That(ProcessFigures.Of(Node.Daemon.Id).ResidentKilobytes,
            Is.LessThan(_before.ResidentKilobytes + MemoryKilobytes));
    }
}
