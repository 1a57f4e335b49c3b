using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Crisp.Linux;
using Crisp.Monitor.Attachers;
using Crisp.MonitorProtocol;

namespace Crisp.Monitor.Tests;

[CancelAfter(120_000)]
public sealed class AttachTests
{
    private const int Megabyte = 1_000_000;

    private MonitorFixture _fixture = null!; // set before each test

    [SetUp]
    public void SetUp() => _fixture = new MonitorFixture();

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public async Task Output_ReachesEveryAttacher_AndTheLog(CancellationToken ct)
    {
        await using var client = await _fixture.LaunchAsync("echo out; echo err >&2; printf tail; exit 3", ct);
        await using var both = await client.AttachAsync(stdin: true, stdout: true, stderr: true, ct);
        await using var errors = await client.AttachAsync(stdin: false, stdout: false, stderr: true, ct);
        _fixture.Start();
        Assert.Multiple(() =>
        {
            Assert.That(both.Stdin, Is.Null, "the container has no input");
            Assert.That(both.Terminal, Is.Null);
            Assert.That(errors.Stdout, Is.Null);
        });
        Assert.That(await TextAsync(both.Stdout, ct), Is.EqualTo("out\ntail"));
        Assert.That(await TextAsync(both.Stderr, ct), Is.EqualTo("err\n"));
        Assert.That(await TextAsync(errors.Stderr, ct), Is.EqualTo("err\n"));
        Assert.That(await both.Ended.WaitAsync(ct), Is.False);
        Assert.That((await client.Exit.WaitAsync(ct)).ExitCode, Is.EqualTo(3));
        Assert.That(_fixture.LogLines(), Is.EquivalentTo(new[] { "stdout F out", "stderr F err", "stdout F tail" }));
        await client.AcknowledgeExitAsync();
    }

    [Test]
    public async Task OutputBeforeTheFirstAttach_IsInTheLog(CancellationToken ct)
    {
        await using var client = await _fixture.LaunchAsync("echo early; echo > told; read go < gate2; echo late", ct);
        using var watch = InotifyWatch.Open(_fixture.Path, InotifyEvents.ClosedAfterWrite);
        _fixture.Start();
        await foreach (var change in watch.ReadAsync(_fixture.Loop, ct))
        {
            if (change.Name == "told")
                break;
        }

        await client.ReopenLogAsync(ct); // a turn of the monitor's loop after the line was written
        await using var attachment = await client.AttachAsync(false, true, false, ct);
        _fixture.GoOn();
        Assert.That(await TextAsync(attachment.Stdout, ct), Does.EndWith("late\n"));
        await client.Exit.WaitAsync(ct);
        Assert.That(_fixture.LogLines(), Is.EqualTo(new[] { "stdout F early", "stdout F late" }));
        await client.AcknowledgeExitAsync();
    }

    [Test]
    public async Task Input_StaysOpenAcrossDetach(CancellationToken ct)
    {
        var launch = _fixture.Launch("read a; echo got $a; read b; echo got $b") with { Input = ContainerInput.Open };
        await using var client = await _fixture.LaunchAsync(launch, ct);
        _fixture.Start();
        await using (var first = await client.AttachAsync(true, true, false, ct))
        {
            first.Stdin!.WriteAll("one\n"u8); // it was asked for
            Assert.That(await LineAsync(first.Stdout, ct), Is.EqualTo("got one\n"));
            await first.CloseStdinAsync();
        }

        await using var second = await client.AttachAsync(true, true, false, ct);
        second.Stdin!.WriteAll("two\n"u8); // it was asked for
        Assert.That(await TextAsync(second.Stdout, ct), Is.EqualTo("got two\n"));
        Assert.That((await client.Exit.WaitAsync(ct)).ExitCode, Is.Zero);
        await client.AcknowledgeExitAsync();
    }

    [Test]
    public async Task InputOnce_EndsWithTheLastAttacherThatHasIt(CancellationToken ct)
    {
        var launch = _fixture.Launch("cat; echo end") with { Input = ContainerInput.OpenOnce };
        await using var client = await _fixture.LaunchAsync(launch, ct);
        _fixture.Start();
        await using var reader = await client.AttachAsync(false, true, false, ct);
        await using var first = await client.AttachAsync(true, false, false, ct);
        await using var second = await client.AttachAsync(true, true, false, ct);
        first.Stdin!.WriteAll("one\n"u8); // it was asked for
        await first.DisposeAsync();
        second.Stdin!.WriteAll("two\n"u8); // it was asked for
        Assert.That(await LineAsync(second.Stdout, ct, lines: 2), Is.EqualTo("one\ntwo\n"));
        await second.CloseStdinAsync();
        Assert.That(await TextAsync(second.Stdout, ct), Is.EqualTo("end\n"), "output goes on after the half-close");
        Assert.That(await TextAsync(reader.Stdout, ct), Is.EqualTo("one\ntwo\nend\n"));
        await client.Exit.WaitAsync(ct);
        await client.AcknowledgeExitAsync();
    }

    [Test]
    public async Task InputOnce_EndsWithTheDaemonThatHadIt(CancellationToken ct)
    {
        var launch = _fixture.Launch("cat > /dev/null; exit 5") with { Input = ContainerInput.OpenOnce };
        var first = await _fixture.LaunchAsync(launch, ct);
        _fixture.Start();
        var attachment = await first.AttachAsync(true, true, true, ct);
        attachment.Stdin!.Dispose(); // as the kernel does it when the daemon is killed; it was asked for
        await first.DisposeAsync();
        Assert.ThrowsAsync(Is.InstanceOf<Exception>(), () => attachment.Ended.WaitAsync(ct));
        if (await MonitorClient.ConnectAsync(launch.SocketPath, _fixture.Loop, ct, _fixture.Records) is not { } second)
        {
            Assert.That(ExitRecord.ReadFirst(_fixture.Records)!.ExitCode, Is.EqualTo(5));
            return;
        }

        await using (second)
        {
            Assert.That((await second.Exit.WaitAsync(ct)).ExitCode, Is.EqualTo(5));
            await second.AcknowledgeExitAsync();
        }
    }

    [Test]
    public async Task SlowAttacher_IsCutOff_TheContainerAndTheOthersGoOn(CancellationToken ct)
    {
        const int Bytes = 10 * Megabyte;
        var launch =
            _fixture.Launch($"head -c {Bytes} /dev/zero; echo done >&2") with { LogDirectory = null, LogPath = null };
        await using var client = await _fixture.LaunchAsync(launch, ct);
        await using var slow = await client.AttachAsync(false, true, true, ct);
        await using var other = await client.AttachAsync(false, false, true, ct);
        _fixture.Start();
        Assert.That((await client.Exit.WaitAsync(ct)).ExitCode, Is.Zero);
        Assert.That(await slow.Ended.WaitAsync(ct), Is.True, "cut off");
        Assert.That(await CountAsync(slow.Stdout, ct), Is.Positive.And.LessThan(Bytes), "what its pipe held");
        Assert.That(await TextAsync(other.Stderr, ct), Is.EqualTo("done\n"));
        Assert.That(await other.Ended.WaitAsync(ct), Is.False);
        await client.AcknowledgeExitAsync();
    }

    [Test]
    public async Task AttacherBehind_GetsAllOfIt_AfterTheContainersEnd_ThenTheMonitorEnds(CancellationToken ct)
    {
        const int Bytes = 4 * Megabyte;
        var launch = _fixture.Launch($"head -c {Bytes} /dev/zero; exit 0") with { LogDirectory = null, LogPath = null };
        var client = await _fixture.LaunchAsync(launch, ct);
        var monitor = MonitorFixture.MonitorOf(client);
        var attachment = await client.AttachAsync(false, true, false, ct);
        _fixture.Start();
        await client.Exit.WaitAsync(ct);
        await client.AcknowledgeExitAsync();
        await client.DisposeAsync();
        Assert.That(await attachment.Ended.WaitAsync(ct), Is.False);
        Assert.That(await CountAsync(attachment.Stdout, ct), Is.EqualTo(Bytes));
        await _fixture.WaitForEndAsync(monitor, ct);
    }

    [Test]
    public async Task AttachersThatCameAndWent_LeaveNothingBehindInTheMonitor(CancellationToken ct)
    {
        var launch = _fixture.Launch("read a; echo $a") with { Input = ContainerInput.Open };
        await using var client = await _fixture.LaunchAsync(launch, ct);
        _fixture.Start();
        var monitor = MonitorFixture.MonitorOf(client);
        await client.ReopenLogAsync(ct); // what was needed for the create has been closed
        var before = Descriptors(monitor);
        for (var i = 0; i < 100; i++)
        {
            await using var attachment = await client.AttachAsync(true, true, true, ct);
        }

        await client.ReopenLogAsync(ct); // the last detach has been seen
        Assert.That(Descriptors(monitor), Is.EqualTo(before));
        await using var last = await client.AttachAsync(true, true, false, ct);
        last.Stdin!.WriteAll("x\n"u8); // it was asked for
        Assert.That(await TextAsync(last.Stdout, ct), Is.EqualTo("x\n"));
        await client.Exit.WaitAsync(ct);
        await client.AcknowledgeExitAsync();
    }

    [Test]
    public async Task Attach_WhenTheContainerHasEnded_IsESRCH(CancellationToken ct)
    {
        await using var client = await _fixture.LaunchAsync("exit 0", ct);
        _fixture.Start();
        await client.Exit.WaitAsync(ct);
        var error = Assert.ThrowsAsync<SyscallException>(() => client.AttachAsync(true, true, true, ct));
        Assert.That(error!.Errno, Is.EqualTo(Errno.ESRCH));
        await client.AcknowledgeExitAsync();
    }

    [Test]
    public async Task OneTooMany_IsRefused_UntilAnotherIsGone(CancellationToken ct)
    {
        await using var client = await _fixture.LaunchAsync("echo out", ct);
        List<MonitorAttachment> attached = [];
        try
        {
            for (var i = 0; i < Attachments.Most; i++)
                attached.Add(await client.AttachAsync(false, true, false, ct));
            var error = Assert.ThrowsAsync<SyscallException>(() => client.AttachAsync(false, true, false, ct));
            Assert.That(error!.Errno, Is.EqualTo(Errno.EUSERS));
            await attached[0].DisposeAsync();
            attached.Add(await client.AttachAsync(false, true, false, ct));
            _fixture.Start();
            Assert.That(await TextAsync(attached[^1].Stdout, ct), Is.EqualTo("out\n"));
            await client.Exit.WaitAsync(ct);
            await client.AcknowledgeExitAsync();
        }
        finally
        {
            foreach (var one in attached)
                await one.DisposeAsync();
        }
    }

    [Test]
    public async Task DescriptorsThatDoNotArrive_FailThatAttach_NotTheMonitor(CancellationToken ct)
    {
        var before = OwnSockets();
        await using var client = await _fixture.LaunchAsync("echo out; exit 4", ct);
        string[] connection = [.. OwnSockets().Except(before)];
        Assert.That(connection.Select(path => new FileInfo(path).LinkTarget).Distinct().Count(),
            Is.EqualTo(1), "descriptors of one socket");
        using var handle = new SafeSocketHandle(
            nint.Parse(Path.GetFileName(connection[0]), CultureInfo.InvariantCulture), ownsHandle: false);
        var socket = new Socket(handle);
        SendCredentials(socket, true); // they take the room of the descriptors, as if there were none left to open
        var error = Assert.ThrowsAsync<SyscallException>(() => client.AttachAsync(false, true, true, ct));
        Assert.That(error!.Errno, Is.EqualTo(Errno.EMFILE));
        SendCredentials(socket, false);
        await using var attachment = await client.AttachAsync(false, true, false, ct);
        _fixture.Start();
        Assert.That(await TextAsync(attachment.Stdout, ct), Is.EqualTo("out\n"));
        Assert.That((await client.Exit.WaitAsync(ct)).ExitCode, Is.EqualTo(4));
        await client.AcknowledgeExitAsync();
    }

    private static void SendCredentials(Socket socket, bool value)
    {
        const int SolSocket = 1;
        const int SoPassCred = 16;
        socket.SetRawSocketOption(SolSocket, SoPassCred, BitConverter.GetBytes(value ? 1 : 0));
    }

    /// <summary>
    /// This process's sockets of the kind that leads to monitors (/proc/net/unix: the fifth column is the type, the
    /// seventh the inode).
    /// </summary>
    private static string[] OwnSockets()
    {
        const string SeqPacket = "0005";
        HashSet<string> inodes = [
            .. File.ReadLines("/proc/net/unix").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns[4] == SeqPacket).Select(columns => $"socket:[{columns[6]}]")];
        return [.. Directory.GetFileSystemEntries("/proc/self/fd")
            .Where(path => inodes.Contains(new FileInfo(path).LinkTarget ?? ""))];
    }

    /// <summary>Pipes and sockets: the JIT's own files come and go.</summary>
    private static string[] Descriptors(int pid) =>
        [.. Directory.GetFileSystemEntries($"/proc/{pid}/fd").Select(path => new FileInfo(path).LinkTarget ?? "")
            .Where(target => target.StartsWith("pipe:", StringComparison.Ordinal)
                || target.StartsWith("socket:", StringComparison.Ordinal)).Order()];

    private async Task<string> TextAsync(FileDescriptor? stream, CancellationToken ct)
    {
        using var reader = new StreamReader(Stream(stream));
        return await reader.ReadToEndAsync(ct);
    }

    private async Task<string> LineAsync(FileDescriptor? stream, CancellationToken ct, int lines = 1)
    {
        var reader = Stream(stream);
        var buffer = new byte[1];
        var text = new StringBuilder();
        while (lines > 0 && await reader.ReadAsync(buffer, ct) == 1)
        {
            text.Append((char)buffer[0]);
            if (buffer[0] == '\n')
                lines--;
        }

        return text.ToString();
    }

    private async Task<long> CountAsync(FileDescriptor? stream, CancellationToken ct)
    {
        var reader = Stream(stream);
        var buffer = new byte[256 * 1024];
        long total = 0;
        int count;
        while ((count = await reader.ReadAsync(buffer, ct)) > 0)
            total += count;
        return total;
    }

    private DescriptorStream Stream(FileDescriptor? descriptor) =>
        new(descriptor ?? throw new AssertionException("the stream was not given"), _fixture.Loop);
}
