namespace Crisp.Linux.Tests;

[CancelAfter(120_000)]
public sealed class SeqPacketSocketTests
{
    [Test]
    public async Task Messages_KeepTheirBounds_AndTheEndIsSeen(CancellationToken ct)
    {
        var path = Path.Combine(Path.GetTempPath(), $"crisp-{Guid.NewGuid():N}");
        using var loop = EventLoop.Start();
        using var listener = SeqPacketSocket.Listen(path);
        var client = SeqPacketSocket.Connect(path)!;
        await loop.WaitReadableAsync(listener.Descriptor, ct);
        using var server = listener.TryAccept()!;
        var buffer = new byte[10];
        Assert.That(server.TryReceive(buffer, out _), Is.EqualTo(Errno.EAGAIN));

        client.TrySend("one"u8);
        client.TrySend("two2"u8);
        client.TrySend(new byte[11]);
        client.Dispose();
        Assert.Multiple(() =>
        {
            Assert.That((server.TryReceive(buffer, out var length), length), Is.EqualTo((Errno.None, 3)));
            Assert.That((server.TryReceive(buffer, out length), length), Is.EqualTo((Errno.None, 4)));
            Assert.That(server.TryReceive(buffer, out _), Is.EqualTo(Errno.EMSGSIZE));
            Assert.That((server.TryReceive(buffer, out length), length), Is.EqualTo((Errno.None, 0)));
            Assert.That(server.TrySend("x"u8), Is.EqualTo(Errno.EPIPE));
        });
        listener.Dispose();
        Assert.That(SeqPacketSocket.Connect(path), Is.Null);
        File.Delete(path);
        Assert.That(SeqPacketSocket.Connect(path), Is.Null);
    }

    [Test]
    public void Listen_PathTooLong_SaysSo() =>
        Assert.That(() => SeqPacketSocket.Listen("/tmp/" + new string('x', 110)), Throws.TypeOf<SyscallException>());
}
