namespace Crisp.Linux.Tests;

[CancelAfter(120_000)]
public sealed class DescriptorStreamTests
{
    private EventLoop _loop = null!; // made before each test

    [SetUp]
    public void Start() => _loop = EventLoop.Start();

    [TearDown]
    public void Stop() => _loop.Dispose();

    [Test]
    public async Task MoreThanAPipeHolds_ArrivesWhole(CancellationToken ct)
    {
        (FileDescriptor read, FileDescriptor write) = Pipes.Create();
        await using var reader = new DescriptorStream(read, _loop);
        var writer = new DescriptorStream(write, _loop);
        var sent = new byte[1 << 20];
        new Random(1).NextBytes(sent);
        var writing = WriteAndCloseAsync();
        using var received = new MemoryStream();
        await reader.CopyToAsync(received, ct);
        await writing;
        Assert.That(received.ToArray(), Is.EqualTo(sent));

        async Task WriteAndCloseAsync()
        {
            await writer.WriteAsync(sent, ct);
            await writer.DisposeAsync();
        }
    }

    [Test]
    public async Task Write_WhenNobodyReads_IsAnIOException(CancellationToken ct)
    {
        (FileDescriptor read, FileDescriptor write) = Pipes.Create();
        await using var writer = new DescriptorStream(write, _loop);
        read.Dispose();
        Assert.ThrowsAsync<IOException>(async () => await writer.WriteAsync(new byte[1], ct));
    }

    [Test]
    public async Task Read_Cancelled_Ends(CancellationToken ct)
    {
        (FileDescriptor read, FileDescriptor write) = Pipes.Create();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var reader = new DescriptorStream(read, _loop);
        using (write)
        {
            var reading = reader.ReadAsync(new byte[1], cancel.Token);
            await cancel.CancelAsync();
            Assert.CatchAsync<OperationCanceledException>(async () => await reading);
        }
    }
}
