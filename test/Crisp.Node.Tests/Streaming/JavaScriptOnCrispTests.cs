using System.Text.Json;

namespace Crisp.Node.Tests.Streaming;

/// <summary>
/// The JavaScript client of Kubernetes where it speaks what older servers do not: v5.channel.k8s.io and its close
/// signal.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
[CancelAfter(120_000)]
public class JavaScriptOnCrispTests(string runtime) : StreamFixture(runtime)
{
    private const int CopiedBytes = 8 << 20;

    private JavaScriptClient _client = null!; // set before each test

    protected override Task PrepareAsync() => JavaScriptClient.InstallAsync();

    [SetUp]
    public void PrepareClient() => _client = new JavaScriptClient(Target);

    [TearDown]
    public async Task StopServerAsync() => await _client.DisposeAsync();

    [Test]
    public async Task Exec_FromTheNewestProtocol_V5IsAgreed(CancellationToken cancellationToken)
    {
        JsonElement seen = await _client.RunAsync(await Target.RunSleeperAsync(), cancellationToken, "exec", "true");
        Assert.That(seen.GetProperty("protocol").GetString(), Is.EqualTo("v5.channel.k8s.io"));
    }

    [Test]
    public async Task Exec_V4Alone_IsSpoken(CancellationToken cancellationToken)
    {
        JsonElement seen = await _client.RunAsync(await Target.RunSleeperAsync(),
            cancellationToken, "exec-by", "v4.channel.k8s.io", "sh", "-c", "echo four; exit 44");
        Assert.That(seen.GetProperty("protocol").GetString(), Is.EqualTo("v4.channel.k8s.io"));
        Assert.That(seen.GetProperty("stdout").GetString(), Is.EqualTo("four\n"));
        Assert.That(seen.GetProperty("status").GetProperty("message").GetString(), Does.Contain("44"));
    }

    /// <summary>The close signal ends the command's input; the session goes on and tells how it ended.</summary>
    [Test]
    public async Task Exec_InputThatEnds_IsReadToItsEnd(CancellationToken cancellationToken)
    {
        JsonElement seen = await _client.RunAsync(
            await Target.RunSleeperAsync(), cancellationToken, "exec-input", $"{CopiedBytes}");
        Assert.That(seen.GetProperty("stdout").GetString()!.Trim(), Is.EqualTo($"{CopiedBytes}"));
        Assert.That(seen.GetProperty("status").GetProperty("message").GetString(), Does.Contain("6"));
    }

    /// <summary>
    /// What kubectl's predecessors of v5 and older libraries do: all of it arrives, and then it ends.
    /// </summary>
    [Test]
    public async Task Exec_V4ClosedAfterItsInput_IsReadToItsEnd(CancellationToken cancellationToken)
    {
        string container = await Target.RunSleeperAsync();
        await _client.RunAsync(
            container, cancellationToken, "input-and-close", "v4.channel.k8s.io", $"{CopiedBytes}", "sh", "-c",
            "cat >/got; echo over >/over");

        await Eventually.GetAsync(
            "the command's input has ended", () => Cri.ExecAsync(container, "test", "-s", "/over"),
            answer => answer.ExitCode == 0);
        Assert.That(await Cri.OutputAsync(container, "stat", "-c", "%s", "/got"), Is.EqualTo($"{CopiedBytes}"));
    }

    [Test]
    public async Task Exec_ClientThatVanishesWhileItsInputIsNotRead_IsNoticed(CancellationToken cancellationToken)
    {
        string container = await Target.RunSleeperAsync();
        await using RunningCommand client = _client.Start(
            container, "vanish", $"{UnreadInput.Bytes}", "sh", "-c", UnreadInput.Script);
        Assert.That((await client.EndAsync(cancellationToken)).ExitCode, Is.EqualTo(128 + 9), "it was to kill itself");

        await UnreadInput.ProveNoticedAsync(Node, container, "websocket");
    }

    [Test]
    public async Task Cp_ToThePodAndBack_IsTheSame(CancellationToken cancellationToken)
    {
        string directory = Directory.CreateTempSubdirectory("crisp-cp").FullName;
        try
        {
            JsonElement seen = await _client.RunAsync(
                await Target.RunSleeperAsync(), cancellationToken, "copy", directory, $"{CopiedBytes}");
            Assert.That(seen.ToString(), Is.EqualTo("""{"there":"Success","back":"Success","same":true}"""));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
