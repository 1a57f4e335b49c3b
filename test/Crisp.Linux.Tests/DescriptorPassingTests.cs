namespace Crisp.Linux.Tests;

[CancelAfter(120_000)]
public sealed class DescriptorPassingTests
{
    [Test]
    public void Descriptors_ArriveInOrder_AsOpenFilesOfTheReceiver()
    {
        (SeqPacketSocket one, SeqPacketSocket other) = SeqPacketSocket.Pair();
        (FileDescriptor read, FileDescriptor write) = Pipes.Create();
        using (one)
        using (other)
        {
            using (read)
            using (write)
                Assert.That(
                    DescriptorPassing.TrySend(one.Descriptor, "hello"u8, [read, write]), Is.EqualTo(Errno.None));

            var buffer = new byte[16];
            var errno = DescriptorPassing.TryReceive(other.Descriptor, buffer, out var length, out var given);
            Assert.Multiple(() =>
            {
                Assert.That(errno, Is.EqualTo(Errno.None));
                Assert.That(buffer[..length], Is.EqualTo("hello"u8.ToArray()));
                Assert.That(given, Has.Length.EqualTo(2));
            });
            given[1].WriteAll("x"u8);
            Assert.That(given[0].TryRead(buffer, out var count) ? count : -1, Is.EqualTo(1));
            foreach (var descriptor in given)
                descriptor.Dispose();
        }
    }

    [Test]
    public void MessageWithoutDescriptors_ArrivesAlone()
    {
        (SeqPacketSocket one, SeqPacketSocket other) = SeqPacketSocket.Pair();
        using (one)
        using (other)
        {
            Assert.That(one.TrySend("a"u8), Is.EqualTo(Errno.None));
            var errno = DescriptorPassing.TryReceive(other.Descriptor, new byte[4], out var length, out var given);
            Assert.That((errno, length, given.Length), Is.EqualTo((Errno.None, 1, 0)));
        }
    }

    [Test]
    public void TooLongMessage_IsLost_WithItsDescriptorsClosed()
    {
        (SeqPacketSocket one, SeqPacketSocket other) = SeqPacketSocket.Pair();
        (FileDescriptor read, FileDescriptor write) = Pipes.Create(nonBlocking: true);
        using (one)
        using (other)
        using (read)
        {
            using (write)
                Assert.That(DescriptorPassing.TrySend(one.Descriptor, "hello"u8, [write]), Is.EqualTo(Errno.None));
            var errno = DescriptorPassing.TryReceive(other.Descriptor, new byte[2], out _, out var given);
            Assert.That((errno, given.Length), Is.EqualTo((Errno.EMSGSIZE, 0)));
            Assert.That(read.TryRead(new byte[1], out var count) ? count : -1, Is.Zero, "the pipe has no writer left");
        }
    }

    [Test]
    public void Receive_NothingThere_And_OtherEndClosed_AreTold()
    {
        (SeqPacketSocket one, SeqPacketSocket other) = SeqPacketSocket.Pair();
        using (other)
        {
            Assert.That(
                DescriptorPassing.TryReceive(other.Descriptor, new byte[2], out _, out _), Is.EqualTo(Errno.EAGAIN));
            one.Dispose();
            var errno = DescriptorPassing.TryReceive(other.Descriptor, new byte[2], out var length, out _);
            Assert.That((errno, length), Is.EqualTo((Errno.None, 0)));
        }
    }
}
