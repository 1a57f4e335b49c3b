namespace Crisp.Linux.Tests;

[CancelAfter(120_000)]
public sealed class TerminalsTests
{
    private static FileDescriptor OpenOther(string path) =>
        FileDescriptor.Open(path, OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal);

    [Test]
    public void Resize_IsSeenAtTheOtherEnd()
    {
        (FileDescriptor main, string path) = Terminals.Open();
        using (main)
        using (var other = OpenOther(path))
        {
            Assert.That(Terminals.TryResize(main, columns: 132, rows: 43), Is.EqualTo(Errno.None));
            Assert.That(Terminals.Size(other), Is.EqualTo(((ushort)132, (ushort)43)));
        }
    }

    [Test]
    public void TranslateNewLines_MakesCarriageReturns()
    {
        (FileDescriptor main, string path) = Terminals.Open();
        using (main)
        using (var other = OpenOther(path))
        {
            Terminals.TranslateNewLines(main);
            other.WriteAll("a\n"u8);
            var buffer = new byte[8];
            Assert.That(main.TryRead(buffer, out var count), Is.True);
            Assert.That(buffer[..count], Is.EqualTo("a\r\n"u8.ToArray()));
        }
    }

    [Test]
    public async Task Stream_OfATerminal_EndsWhenNobodyHoldsItsOtherEnd(CancellationToken ct)
    {
        using var loop = EventLoop.Start();
        (FileDescriptor main, string path) = Terminals.Open();
        await using var stream = new DescriptorStream(main, loop);
        using (var other = OpenOther(path))
            other.WriteAll("last"u8);
        using var reader = new StreamReader(stream);
        Assert.That(await reader.ReadToEndAsync(ct), Is.EqualTo("last"));
    }

    [Test]
    public void ConsoleSocket_WithoutARuntime_HasNothing_AndLeavesNoPath()
    {
        var path = Path.Combine(Path.GetTempPath(), $"crisp-console-{Guid.NewGuid():N}");
        using (var socket = ConsoleSocket.Listen(path))
        {
            Assert.That(File.Exists(path));
            Assert.That(socket.TryReceive(), Is.Null);
        }

        Assert.That(File.Exists(path), Is.False);
    }
}
