using System.Text.Json;

namespace Crisp.Node.Tests.Streaming;

/// <summary>The JavaScript client of Kubernetes where it speaks what older servers do not: v5.channel.k8s.io and its close signal.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
[CancelAfter(120_000)]
public class JavaScriptOnCrispTests(string runtime) : NodeFixture(runtime)
{
    private const int CopiedBytes = 8 << 20;

    private StreamTarget _target = null!; // set before each test
    private JavaScriptClient _client = null!; // as above

    protected override Task PrepareAsync() => JavaScriptClient.InstallAsync();

    [SetUp]
    public async Task PrepareTargetAsync()
    {
        Pod pod = await RunPlainPodAsync();
        _target = new StreamTarget(Node.SocketPath, Cri, pod.Id, pod.Config, Busybox);
        _client = new JavaScriptClient(_target);
    }

    [TearDown]
    public async Task StopServerAsync() => await _client.DisposeAsync();

    [Test]
    public async Task Exec_FromTheNewestProtocol_V5IsAgreed(CancellationToken cancellationToken)
    {
        JsonElement seen = await _client.RunAsync(await _target.RunSleeperAsync(), cancellationToken, "exec", "true");
        Assert.That(seen.GetProperty("protocol").GetString(), Is.EqualTo("v5.channel.k8s.io"));
    }

    [Test]
    public async Task Exec_V4Alone_IsSpoken(CancellationToken cancellationToken)
    {
        JsonElement seen = await _client.RunAsync(await _target.RunSleeperAsync(), cancellationToken, "exec-by", "v4.channel.k8s.io", "sh", "-c", "echo four; exit 44");
        Assert.That(seen.GetProperty("protocol").GetString(), Is.EqualTo("v4.channel.k8s.io"));
        Assert.That(seen.GetProperty("stdout").GetString(), Is.EqualTo("four\n"));
        Assert.That(seen.GetProperty("status").GetProperty("message").GetString(), Does.Contain("44"));
    }

    /// <summary>The close signal ends the command's input; the session goes on and tells how it ended.</summary>
    [Test]
    public async Task Exec_InputThatEnds_IsReadToItsEnd(CancellationToken cancellationToken)
    {
        JsonElement seen = await _client.RunAsync(await _target.RunSleeperAsync(), cancellationToken, "exec-input", $"{CopiedBytes}");
        Assert.That(seen.GetProperty("stdout").GetString()!.Trim(), Is.EqualTo($"{CopiedBytes}"));
        Assert.That(seen.GetProperty("status").GetProperty("message").GetString(), Does.Contain("6"));
    }

    [Test]
    public async Task Cp_ToThePodAndBack_IsTheSame(CancellationToken cancellationToken)
    {
        string directory = Directory.CreateTempSubdirectory("crisp-cp").FullName;
        try
        {
            JsonElement seen = await _client.RunAsync(await _target.RunSleeperAsync(), cancellationToken, "copy", directory, $"{CopiedBytes}");
            Assert.That(seen.ToString(), Is.EqualTo("""{"there":"Success","back":"Success","same":true}"""));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
