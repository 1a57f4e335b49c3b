using System.Net.Sockets;
using Crisp.Linux;
using Crisp.MonitorProtocol;

namespace Crisp.Monitor.Tests;

/// <summary>
/// The test is the container's program here: it holds the other end of the terminal that its runtime sent.
/// </summary>
[CancelAfter(120_000)]
public sealed class TerminalTests
{
    private MonitorFixture _fixture = null!; // set before each test
    private FileDescriptor _main = null!; // opened before each test
    private string _path = null!; // likewise

    [SetUp]
    public void SetUp()
    {
        _fixture = new MonitorFixture();
        (_main, _path) = Terminals.Open();
        File.WriteAllText($"{_fixture.Path}/terminal", "");
    }

    [TearDown]
    public void TearDown()
    {
        _main.Dispose();
        _fixture.Dispose();
    }

    private MonitorLaunch Launch =>
        _fixture.Launch("read go < gate2; exit 6") with { ConsoleSocketPath = $"{_fixture.Path}/tty" };

    [Test]
    public async Task Terminal_CarriesOutputInputAndSize(CancellationToken ct)
    {
        using var program = OpenOther();
        await using var client = await CreateAsync(ct);
        await using var attachment = await client.AttachAsync(stdin: true, stdout: true, stderr: true, ct);
        Assert.Multiple(() =>
        {
            Assert.That(attachment.Terminal, Is.Not.Null);
            Assert.That(attachment.Stderr, Is.Null, "a terminal has one output");
            Assert.That(File.Exists($"{_fixture.Path}/tty"), Is.False, "the socket is not needed any more");
            Assert.That(Terminals.TryResize(attachment.Terminal!, columns: 132, rows: 50),
                Is.EqualTo(Errno.None)); // just checked
            Assert.That(Terminals.Size(program), Is.EqualTo(((ushort)132, (ushort)50)));
        });

        program.WriteAll("out\n"u8);
        var output = new DescriptorStream(attachment.Stdout!, _fixture.Loop); // it was asked for
        Assert.That(await ReadAsync(output, 5, ct), Is.EqualTo("out\r\n"));
        attachment.Terminal!.WriteAll("in\n"u8); // just checked
        Assert.That(await ReadAsync(output, 4, ct), Is.EqualTo("in\r\n"), "the echo");
        var typed = new byte[16];
        Assert.That(program.TryRead(typed, out var count), Is.True);
        Assert.That(typed[..count], Is.EqualTo("in\n"u8.ToArray()));

        await EndAsync(client, ct);
        Assert.That(LogLines(), Is.EqualTo(new[] { "stdout F out\r", "stdout F in\r" }));
    }

    [Test]
    public async Task Terminal_ClosedByItsProgramsForAWhile_IsReadOnAfterwards(CancellationToken ct)
    {
        await using var client = await CreateAsync(ct);
        await using var attachment = await client.AttachAsync(false, true, false, ct);
        var output = new DescriptorStream(attachment.Stdout!, _fixture.Loop); // it was asked for
        foreach (var line in (string[])["one", "two", "three"])
        {
            using (var program = OpenOther())
                program.WriteAll(System.Text.Encoding.ASCII.GetBytes(line + "\n"));
            Assert.That(await ReadAsync(output, line.Length + 2, ct), Is.EqualTo(line + "\r\n"));
        }

        await EndAsync(client, ct);
        Assert.That(LogLines(), Is.EqualTo(new[] { "stdout F one\r", "stdout F two\r", "stdout F three\r" }));
    }

    [Test]
    public async Task Terminal_ThatNobodyHolds_LetsTheMonitorSleep(CancellationToken ct)
    {
        await using var client = await CreateAsync(ct);
        var monitor = MonitorFixture.MonitorOf(client);
        using (OpenOther())
            await client.ReopenLogAsync(ct);
        await client.ReopenLogAsync(ct);

        // One that is told again and again that nobody is there never sleeps.
        while (!IsAsleep(monitor))
        {
            ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await EndAsync(client, ct);
    }

    [Test]
    public void Runtime_ThatSendsNoTerminal_FailsTheCreate(CancellationToken ct)
    {
        File.Delete($"{_fixture.Path}/terminal");
        var error = Assert.ThrowsAsync<MonitorCreateException>(
            () => _fixture.LaunchAsync(Launch with { RuntimeArguments = [_fixture.Path, "exit 0"] }, ct));
        Assert.That(error!.Message, Does.Contain("terminal"));
        Assert.That(File.Exists($"{_fixture.Path}/tty"), Is.False);
        _fixture.Start();
    }

    private FileDescriptor OpenOther() =>
        FileDescriptor.Open(_path, OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal);

    /// <summary>The runtime's part: sends the terminal while its create runs.</summary>
    private async Task<MonitorClient> CreateAsync(CancellationToken ct)
    {
        using var watch = InotifyWatch.Open(_fixture.Path, InotifyEvents.Created);
        var launching = _fixture.LaunchAsync(Launch, ct);
        await foreach (var change in watch.ReadAsync(_fixture.Loop, ct))
        {
            if (change.Name == "tty")
                break;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await ConnectAsync(socket, ct);
        var connection = FileDescriptor.FromInherited((int)socket.SafeHandle.DangerousGetHandle());
        var errno = DescriptorPassing.TrySend(connection, "/dev/ptmx"u8, [_main]);
        connection.SetHandleAsInvalid(); // the socket stays its owner
        Assert.That(errno, Is.EqualTo(Errno.None));
        _main.Dispose();
        _fixture.GoOn();
        var client = await launching;
        _fixture.Start();
        return client;
    }

    /// <summary>Between its name's appearing and its listening a socket refuses.</summary>
    private async Task ConnectAsync(Socket socket, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint($"{_fixture.Path}/tty"), ct);
                return;
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused)
            {
                await Task.Yield();
            }
        }
    }

    private async Task EndAsync(MonitorClient client, CancellationToken ct)
    {
        _fixture.GoOn();
        Assert.That((await client.Exit.WaitAsync(ct)).ExitCode, Is.EqualTo(6));
        await client.AcknowledgeExitAsync();
    }

    /// <summary>Split at "\n" alone: the terminal's "\r" is part of the line.</summary>
    private string[] LogLines() =>
        [.. File.ReadAllText(_fixture.Log).TrimEnd('\n').Split('\n').Select(line => line[31..])];

    private static bool IsAsleep(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/task/{pid}/stat");
        return stat[stat.LastIndexOf(')') + 2] == 'S';
    }

    private static async Task<string> ReadAsync(Stream stream, int count, CancellationToken ct)
    {
        var buffer = new byte[count];
        await stream.ReadExactlyAsync(buffer, ct);
        return System.Text.Encoding.ASCII.GetString(buffer);
    }
}
