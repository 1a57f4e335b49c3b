using Crisp.Ctl.Tests.Fakes;
using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Verbs;

[CancelAfter(30_000)]
public sealed class ExecTests
{
    private FakeNode _node = null!; // set before each test

    [SetUp]
    public async Task SetUp() => _node = await FakeNode.StartAsync();

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [Test]
    public async Task Exec_Command_PassesOutputAndCodeOn()
    {
        _node.Runtime.ExecAnswer = new ExecSyncResponse
        {
            Stdout = ByteString.CopyFromUtf8("out"),
            Stderr = ByteString.CopyFromUtf8("err\n"),
            ExitCode = 42,
        };
        Assert.That(await _node.RunAsync("exec", "-s", "--timeout", "5", "c", "ls", "-la", "--help"),
            Is.EqualTo(new CtlRun(42, "out", "err\n")));
        Assert.That(_node.Runtime.Requests.Single(), Is.EqualTo(
            new ExecSyncRequest { ContainerId = "c", Cmd = { "ls", "-la", "--help" }, Timeout = 5 }));
    }

    [TestCase("-it")]
    [TestCase("--tty")]
    public async Task Exec_Interactive_IsRefused(string flag) =>
        Assert.That((await _node.RunAsync("exec", flag, "c", "sh")).Error, Does.StartWith("crispctl: exec -i and -t need a stream"));

    [Test]
    public async Task Exec_WithoutCommand_IsRefused() =>
        Assert.That((await _node.RunAsync("exec", "c")).ExitCode, Is.EqualTo(1));
}
