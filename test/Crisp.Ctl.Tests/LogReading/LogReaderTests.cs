using Crisp.Ctl.LogReading;
using Crisp.Ctl.Tests.Fakes;

namespace Crisp.Ctl.Tests.LogReading;

[CancelAfter(120_000)]
public sealed class LogReaderTests
{
    private string _directory = null!; // set before each test
    private string _log = null!; // set before each test
    private WatchedStream _output = null!; // set before each test
    private volatile bool _isRunning;

    [SetUp]
    public void SetUp()
    {
        _directory = Directory.CreateTempSubdirectory("crispctl-log-").FullName;
        _log = Path.Combine(_directory, "0.log");
        _output = new WatchedStream();
        _isRunning = true;
        Append("one");
    }

    [TearDown]
    public void TearDown()
    {
        _output.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public async Task Follow_Growth_IsPrintedUntilTheContainerEnds(CancellationToken ct)
    {
        var following = FollowAsync(ct);
        await _output.UntilAsync("one").WaitAsync(ct);
        Append("two");
        await _output.UntilAsync("two").WaitAsync(ct);
        File.AppendAllText(_log, "2026-11-22T12:00:00Z stdout F last without newline");
        _isRunning = false;
        await following.WaitAsync(ct);
        Assert.That(_output.Text, Is.EqualTo("one\ntwo\nlast without newline\n"));
    }

    [Test]
    public async Task Follow_Rotation_LosesAndDoublesNothing(CancellationToken ct)
    {
        var following = FollowAsync(ct);
        await _output.UntilAsync("one").WaitAsync(ct);
        for (var round = 0; round < 5; round++)
        {
            Append($"before {round}");
            File.Move(_log, $"{_log}.{round}");
            File.AppendAllText($"{_log}.{round}", $"2026-11-22T12:00:00Z stdout F into the old one {round}\n");
            Append($"after {round}");
            await _output.UntilAsync($"after {round}\n").WaitAsync(ct);
        }

        _isRunning = false;
        await following.WaitAsync(ct);
        Assert.That(
            _output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            Is.EqualTo(Enumerable.Range(0, 5)
                .SelectMany(round => new[] { $"before {round}", $"into the old one {round}", $"after {round}" })
                .Prepend("one")));
    }

    [Test]
    public async Task Follow_CopyAndTruncate_GoesOnFromTheStart(CancellationToken ct)
    {
        var following = FollowAsync(ct);
        await _output.UntilAsync("one").WaitAsync(ct);
        File.WriteAllText(_log, "");
        File.AppendAllText(_log, "2026-11-22T12:00:00Z stdout F x\n");
        await _output.UntilAsync("x\n").WaitAsync(ct);
        _isRunning = false;
        await following.WaitAsync(ct);
        Assert.That(_output.Text, Is.EqualTo("one\nx\n"));
    }

    [Test]
    public async Task Follow_Interrupted_Ends(CancellationToken ct)
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var following = FollowAsync(interrupt.Token);
        await _output.UntilAsync("one").WaitAsync(ct);
        await interrupt.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => following);
    }

    [Test]
    public async Task Read_NotALogLine_IsPrintedAsItIs(CancellationToken ct)
    {
        File.AppendAllText(_log, "something else\n");
        await ReaderOf(new LogOptions()).ReadAsync(_log, ct);
        Assert.That(_output.Text, Is.EqualTo("one\nsomething else\n"));
    }

    private Task FollowAsync(CancellationToken ct) =>
        Task.Run(() => ReaderOf(new LogOptions { Follow = true }).ReadAsync(_log, ct), ct);

    private LogReader ReaderOf(LogOptions options) => new(
        new Terminal(Stream.Null, _output, Stream.Null, isInteractive: false, TimeProvider.System, _ => null),
        options,
        _ => Task.FromResult(_isRunning));

    private void Append(string text) => File.AppendAllText(_log, $"2026-11-22T12:00:00.000000001Z stdout F {text}\n");
}
