using Crisp.Ctl.Tests.Fakes;

namespace Crisp.Ctl.Tests;

[CancelAfter(120_000)]
public sealed class ProgramTests
{
    private FakeNode _node = null!; // set before each test

    [SetUp]
    public async Task SetUp() => _node = await FakeNode.StartAsync();

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [TestCase("--help")]
    [TestCase("help")]
    public async Task Run_Help_ListsEveryVerb(string word)
    {
        var run = await _node.RunAsync(word);
        Assert.That(run.ExitCode, Is.Zero);
        foreach (var verb in Ctl.Verbs.VerbList.All)
            Assert.That(run.Output, Does.Contain($"\n  {verb.Name}"));
    }

    [Test]
    public async Task Run_EveryVerb_HasHelp()
    {
        foreach (var verb in Ctl.Verbs.VerbList.All)
        {
            var run = await _node.RunAsync(verb.Name, "--help");
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
            Assert.That(run.Output, Does.StartWith($"crispctl {verb.Name}: "));
        }
    }

    [TestCase("crispctl: there is no verb \"bogus\"; see crispctl --help\n", "bogus")]
    [TestCase("crispctl: there is no option --bogus; see crispctl ps --help\n", "ps", "--bogus")]
    [TestCase("crispctl: \"x\" is one argument too many; see crispctl ps --help\n", "ps", "x")]
    [TestCase("crispctl: a container ID is missing; see crispctl start --help\n", "start")]
    [TestCase("crispctl: --output is json, yaml or table, not \"xml\"; see crispctl ps --help\n", "ps", "-o", "xml")]
    public async Task Run_Mistake_IsOneLineAndExitCodeOne(string message, params string[] words)
    {
        var run = await _node.RunAsync(words);
        Assert.That(run, Is.EqualTo(new CtlRun(1, "", message)));
    }

    [Test]
    public async Task Run_NoRuntime_SaysWhatToDo(CancellationToken ct)
    {
        var run = await _node.RunExactlyAsync(["-c", "/dev/null", "-r", "unix:///nonexistent/cri.sock", "ps"], ct);
        Assert.That(run, Is.EqualTo(new CtlRun(1, "",
            "crispctl: no CRI runtime answers (unix:///nonexistent/cri.sock: there is no such socket); is it running? "
            + "Name its socket with --runtime-endpoint unix:///path\n")));
    }

    [Test]
    public async Task Run_EndpointByEnvironment_IsUsed(CancellationToken ct)
    {
        _node.Environment["CONTAINER_RUNTIME_ENDPOINT"] = $"unix://{_node.Socket}";
        var run = await _node.RunExactlyAsync(["version"], ct);
        Assert.That(run.Lines, Does.Contain("RuntimeName:  fake"));
    }

    [Test]
    public async Task Run_UnimplementedCall_SaysSo()
    {
        var run = await _node.RunAsync("stats");
        Assert.That(run.ExitCode, Is.EqualTo(1), "the fake has no statistics to give");
    }

    [Test]
    public async Task Run_Interrupted_EndsWith130()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var run = await _node.RunExactlyAsync(["-c", "/dev/null", "-r", _node.Socket, "ps"], cancelled.Token);
        Assert.That(run.ExitCode, Is.EqualTo(130));
    }
}
