namespace Crisp.Linux.Tests;

[CancelAfter(120_000)]
public sealed class RawTerminalTests
{
    [Test]
    public void Raw_HandsOnEachByteAndEchoesNothing_UntilItEnds()
    {
        (FileDescriptor main, string path) = Terminals.Open();
        using (main)
        using (var other = FileDescriptor.Open(path, OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal))
        {
            var buffer = new byte[16];
            using (var raw = RawTerminal.TryEnter(other))
            {
                Assert.That(raw, Is.Not.Null);
                main.WriteAll("\u0003\r"u8); // neither a signal nor a new line
                Assert.That(other.TryRead(buffer, out var typed), Is.True);
                Assert.That(buffer[..typed], Is.EqualTo("\u0003\r"u8.ToArray()));
                other.WriteAll("a\n"u8);
                Assert.That(main.TryRead(buffer, out var written), Is.True);
                Assert.That(buffer[..written],
                    Is.EqualTo("a\n"u8.ToArray()), "an echo, or a new line made into two characters");
            }

            main.WriteAll("b\r"u8);
            Assert.That(other.TryRead(buffer, out var line), Is.True);
            Assert.That(buffer[..line], Is.EqualTo("b\n"u8.ToArray()));
        }
    }

    [Test]
    public void Raw_NoTerminal_IsNull()
    {
        using var file = FileDescriptor.Open("/dev/null", OpenFlags.ReadWrite);
        Assert.That(RawTerminal.TryEnter(file), Is.Null);
    }
}
