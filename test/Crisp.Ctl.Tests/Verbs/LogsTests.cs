using Crisp.Ctl.Tests.Fakes;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Verbs;

[CancelAfter(120_000)]
public sealed class LogsTests
{
    private const string Id = "1111111111111111";

    private FakeNode _node = null!; // set before each test
    private string _log = null!; // set before each test

    [SetUp]
    public async Task SetUp()
    {
        _node = await FakeNode.StartAsync();
        _node.Runtime.Containers.Add(Samples.Container(Id));
        _log = _node.Write("2.log", """
            2026-11-22T11:58:00.000000001Z stdout F one
            2026-11-22T11:59:00.000000001Z stderr F two
            2026-11-22T11:59:30.000000001Z stdout P three-
            2026-11-22T11:59:30.000000002Z stdout F and-more

            """);
        _node.Runtime.LogPaths[Id] = _log;
    }

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [Test]
    public async Task Logs_All_GoToTheirStreams() =>
        Assert.That(await _node.RunAsync("logs", "111"), Is.EqualTo(new CtlRun(0, "one\nthree-and-more\n", "two\n")));

    [TestCase("three-and-more\n", "", "--tail", "2")]
    [TestCase("", "", "--tail", "0")]
    [TestCase("three-and-more\n", "two\n", "--since", "90s")]
    [TestCase("three-and-more\n", "", "--since", "2026-11-22T11:59:10Z")]
    [TestCase("2026-11-22T11:59:30.000000001Z three-and-more\n", "", "-t", "--tail=2")]
    [TestCase("one\nt", "two\n", "--limit-bytes", "7")]
    [TestCase("", "two\n", "--stream", "stderr")]
    public async Task Logs_Options_Choose(string output, string error, params string[] options) =>
        Assert.That(await _node.RunAsync(["logs", .. options, Id]), Is.EqualTo(new CtlRun(0, output, error)));

    [Test]
    public async Task Logs_Previous_IsTheAttemptBefore()
    {
        _node.Write("1.log", "2026-11-22T11:00:00Z stdout F before\n");
        Assert.That((await _node.RunAsync("logs", "-p", Id)).Output, Is.EqualTo("before\n"));
    }

    [Test]
    public async Task Logs_Reopen_AsksTheRuntimeFirst()
    {
        await _node.RunAsync("logs", "-r", Id);
        Assert.That(_node.Runtime.Requests.Single(), Is.EqualTo(new ReopenContainerLogRequest { ContainerId = Id }));
    }

    [Test]
    public async Task Logs_FileMissing_SaysSo()
    {
        File.Delete(_log);
        Assert.That(
            (await _node.RunAsync("logs", Id)).Error, Does.StartWith($"crispctl: cannot read the log {_log}: "));
    }

    [Test]
    public async Task Logs_NoPath_SaysSo()
    {
        _node.Runtime.LogPaths.Clear();
        Assert.That((await _node.RunAsync("logs", Id)).Error,
            Is.EqualTo($"crispctl: container {Id} was created without a log path\n"));
    }
}
