using Crisp.Ctl.Tests.Fakes;
using Crisp.Streaming.RemoteCommand;
using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Verbs;

[CancelAfter(120_000)]
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

    [Test]
    public async Task Exec_SyncWithTerminal_IsRefused() =>
        Assert.That((await _node.RunAsync("exec", "-s", "-it", "c", "sh")).Error, Does.Contain("--sync goes without"));

    [Test]
    public async Task Exec_Streams_PassesOutputAndCodeOn()
    {
        await using FakeStreams streams = FakeStreams.Start(async session =>
        {
            await session["stdout"].WriteAsync("out"u8.ToArray());
            await session["stderr"].WriteAsync("err\n"u8.ToArray());
            await session.EndAsync(ExitMessage.OfExitCode(42));
        });
        _node.Runtime.StreamUrl = streams.Url;
        Assert.That(await _node.RunAsync("exec", "c", "ls", "-la"), Is.EqualTo(new CtlRun(42, "out", "err\n")));
        Assert.That(_node.Runtime.Requests.Single(), Is.EqualTo(
            new ExecRequest { ContainerId = "c", Cmd = { "ls", "-la" }, Stdout = true, Stderr = true }));
        Assert.That(streams.Types, Is.EqualTo(new[] { "error", "stdout", "stderr" }));
    }

    [Test]
    public async Task Exec_Stdin_IsPassedOnToItsEnd()
    {
        await using FakeStreams streams = FakeStreams.Start(async session =>
        {
            await session["stdin"].CopyToAsync(session["stdout"]);
            await session.EndAsync(ExitMessage.OfExitCode(0));
        });
        (_node.Runtime.StreamUrl, _node.Input) = (streams.Url, new MemoryStream(new byte[100_000]));
        CtlRun run = await _node.RunAsync("exec", "-i", "c", "cat");
        Assert.That((run.ExitCode, run.Output.Length), Is.EqualTo((0, 100_000)));
    }

    [Test]
    public async Task Exec_Terminal_IsRawWhileTheCommandRuns_AndTellsItsSize()
    {
        FakeKeyboard keyboard = new() { Size = new TerminalSize(80, 24) };
        await using FakeStreams streams = FakeStreams.Start(async session =>
        {
            byte[] size = new byte[100];
            int first = await session["resize"].ReadAsync(size);
            await session["stdout"].WriteAsync(size.AsMemory(0, first));
            await session["stdout"].WriteAsync(keyboard.IsRaw ? " raw "u8.ToArray() : " cooked "u8.ToArray());
            keyboard.Resize(new TerminalSize(132, 43));
            int second = await session["resize"].ReadAsync(size);
            await session["stdout"].WriteAsync(size.AsMemory(0, second));
            await session.EndAsync(ExitMessage.OfExitCode(0));
        });
        (_node.Runtime.StreamUrl, _node.Keyboard, _node.Input) = (streams.Url, keyboard, new MemoryStream());
        Assert.That(
            (await _node.RunAsync("exec", "-it", "c", "sh")).Output,
            Is.EqualTo("""{"Width":80,"Height":24} raw {"Width":132,"Height":43}"""));
        Assert.That(keyboard.IsRaw, Is.False);
        Assert.That(streams.Types, Is.EqualTo(new[] { "error", "stdin", "stdout", "resize" }));
    }

    [Test]
    public async Task Exec_CommandThatCannotRun_IsSaid()
    {
        await using FakeStreams streams = FakeStreams.Start(
            session => session.EndAsync(ExitMessage.OfError("no such program")));
        _node.Runtime.StreamUrl = streams.Url;
        Assert.That(
            await _node.RunAsync("exec", "c", "nix"), Is.EqualTo(new CtlRun(1, "", "crispctl: no such program\n")));
    }

    [Test]
    public async Task Exec_ConnectionLost_IsNoSuccess()
    {
        await using FakeStreams streams = FakeStreams.Start(session => session.DisposeAsync().AsTask());
        _node.Runtime.StreamUrl = streams.Url;
        CtlRun run = await _node.RunAsync("exec", "c", "sleep");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("the connection ended before the runtime said how the command did"));
    }

    [Test]
    public async Task Exec_UrlGone_SaysWhatTheServerSaid()
    {
        await using FakeStreams streams = FakeStreams.Refuse("404 Not Found", "no such token");
        _node.Runtime.StreamUrl = streams.Url;
        Assert.That((await _node.RunAsync("exec", "c", "true")).Error, Does.EndWith("answered 404: no such token\n"));
    }

    [Test]
    public async Task Exec_ErrorsIgnored_AreSaidAndNoMore()
    {
        await using FakeStreams streams = FakeStreams.Refuse("404 Not Found", "no such token");
        _node.Runtime.StreamUrl = streams.Url;
        CtlRun run = await _node.RunAsync("exec", "-e", "c", "true");
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Error, Does.StartWith("crispctl: cannot run the command in c: ").And.Contain("no such token"));
    }

    [Test]
    public async Task Exec_UnknownTransport_IsRefused()
    {
        _node.Runtime.StreamUrl = "http://127.0.0.1:1/";
        Assert.That((await _node.RunAsync("exec", "-r", "smoke", "c", "true")).Error,
            Does.Contain("--transport is spdy or websocket"));
    }

    [Test]
    public async Task Exec_WithoutCommand_IsRefused() =>
        Assert.That((await _node.RunAsync("exec", "c")).ExitCode, Is.EqualTo(1));

    [Test]
    public async Task Exec_Filters_RunTheCommandInEachThatTheyChoose()
    {
        _node.Runtime.Containers.AddRange(
            new Container { Id = "one", Metadata = new ContainerMetadata { Name = "web" }, CreatedAt = 1 },
            new Container { Id = "two", Metadata = new ContainerMetadata { Name = "db" }, CreatedAt = 2 },
            new Container { Id = "three", Metadata = new ContainerMetadata { Name = "web" }, CreatedAt = 3 });
        _node.Runtime.ExecAnswer = new ExecSyncResponse { Stdout = ByteString.CopyFromUtf8("out\n"), ExitCode = 3 };

        Assert.That(
            await _node.RunAsync("exec", "-s", "--name", "^web$", "ls", "-l"),
            Is.EqualTo(new CtlRun(3, "three:\nout\none:\nout\n", "")));
        Assert.That(
            _node.Runtime.LastListContainers!.Filter.State.State, Is.EqualTo(ContainerState.ContainerRunning));
        Assert.That(
            _node.Runtime.Requests.Cast<ExecSyncRequest>().Select(request => $"{request.ContainerId} {request.Cmd}"),
            Is.EqualTo(new[] { "three [ \"ls\", \"-l\" ]", "one [ \"ls\", \"-l\" ]" }));
    }

    [TestCase("--last", "2", "-x")]
    [TestCase("-n", "2", "-q")]
    public async Task Exec_LastOnes_InParallelOrQuietly_WithoutTheirIds(params string[] options)
    {
        foreach (int number in Enumerable.Range(1, 3))
            _node.Runtime.Containers.Add(new Container { Id = $"c{number}", CreatedAt = number });
        _node.Runtime.ExecAnswer = new ExecSyncResponse { Stdout = ByteString.CopyFromUtf8("out\n"), ExitCode = 5 };

        Assert.That(
            await _node.RunAsync(["exec", "-s", "-e", .. options, "true"]),
            Is.EqualTo(new CtlRun(0, "out\nout\n", "")));
        Assert.That(
            _node.Runtime.Requests.Cast<ExecSyncRequest>().Select(request => request.ContainerId),
            Is.EquivalentTo(new[] { "c3", "c2" }));
    }

    [Test]
    public async Task Exec_FiltersThatChooseNothing_SaySo() =>
        Assert.That((await _node.RunAsync("exec", "--latest", "true")).Error, Does.Contain("no container is found"));

    [Test]
    public async Task Exec_InteractiveInSeveral_IsRefused()
    {
        foreach (int number in Enumerable.Range(1, 2))
            _node.Runtime.Containers.Add(new Container { Id = $"c{number}", CreatedAt = number });

        Assert.That((await _node.RunAsync("exec", "-i", "--last", "2", "sh")).Error, Does.Contain("one container"));
    }

    [Test]
    public async Task Exec_DetachKeys_LeaveTheCommand()
    {
        TaskCompletionSource<string> typed = new();
        await using FakeStreams streams = FakeStreams.Start(async session =>
        {
            byte[] keys = new byte[5];
            await session["stdin"].ReadExactlyAsync(keys);
            typed.SetResult(System.Text.Encoding.ASCII.GetString(keys));
        });
        FakeKeyboard keyboard = new() { Size = new TerminalSize(80, 24) };
        (_node.Runtime.StreamUrl, _node.Keyboard) = (streams.Url, keyboard);
        _node.Input = new MemoryStream("ab\u0010cd\u0010\u0011"u8.ToArray());

        CtlRun run = await _node.RunAsync("exec", "-it", "c", "sh");

        Assert.That((run.ExitCode, run.Error, await typed.Task), Is.EqualTo((0, "", "ab\u0010cd")));
        Assert.That(keyboard.IsRaw, Is.False);
    }
}
