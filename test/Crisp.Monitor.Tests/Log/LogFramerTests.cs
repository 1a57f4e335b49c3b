using System.Text;
using Crisp.Monitor.Log;

namespace Crisp.Monitor.Tests.Log;

public sealed class LogFramerTests
{
    private const string Time = "2026-08-01T10:00:00.123456789Z";

    private static readonly string s_full = new('x', LogFramer.MaxLineBytes);

    [TestCase("one\n", $"{Time} stdout F one\n")]
    [TestCase("one\ntwo\n", $"{Time} stdout F one\n{Time} stdout F two\n")]
    [TestCase("\n\n", $"{Time} stdout F \n{Time} stdout F \n")]
    [TestCase("a\0b\r\n", $"{Time} stdout F a\0b\r\n")]
    [TestCase("no newline", "")]
    [TestCase("", "")]
    public void Frame_OneChunk_GivesGoldenRecords(string input, string records) =>
        Assert.That(Frame([input], finish: false), Is.EqualTo(records));

    [Test]
    public void Frame_LineInManyChunks_IsOneRecord() =>
        Assert.That(Frame(["o", "n", "e", "\ntw", "o\n"], finish: false),
            Is.EqualTo($"{Time} stdout F one\n{Time} stdout F two\n"));

    [Test]
    public void Finish_UnfinishedLine_IsWrittenWhole() =>
        Assert.That(Frame(["one\ntw", "o"], finish: true), Is.EqualTo($"{Time} stdout F one\n{Time} stdout F two\n"));

    [Test]
    public void Finish_NothingHeld_WritesNothing() =>
        Assert.That(Frame(["one\n"], finish: true), Is.EqualTo($"{Time} stdout F one\n"));

    [Test]
    public void Frame_ExactlyTheLimit_IsOneFullRecord([Values(0, 1, 16384)] int split) => Assert.That(
        Frame([s_full[..split], s_full[split..] + "\n"], finish: false), Is.EqualTo($"{Time} stdout F {s_full}\n"));

    [Test]
    public void Frame_OneByteOverTheLimit_IsPartialThenFull([Values(0, 1, 16384)] int split) => Assert.That(
        Frame([s_full[..split], s_full[split..] + "y\n"], finish: false),
        Is.EqualTo($"{Time} stdout P {s_full}\n{Time} stdout F y\n"));

    [Test]
    public void Finish_ExactlyTheLimit_IsFull() => Assert.That(
        Frame([s_full], finish: true), Is.EqualTo($"{Time} stdout F {s_full}\n"));

    [Test]
    public void Frame_SmallOutput_IsFilledWholeRecordsAtATime()
    {
        var framer = new LogFramer(isStderr: true, new byte[LogFramer.MaxLineBytes]);
        var input = "one\ntwo\n"u8;
        var output = new byte[60];
        Assert.That(framer.Frame(ref input, Encoding.ASCII.GetBytes(Time), output), Is.EqualTo(44));
        Assert.That(Encoding.UTF8.GetString(input), Is.EqualTo("two\n"));
        Assert.That(Encoding.UTF8.GetString(output, 0, 44), Is.EqualTo($"{Time} stderr F one\n"));
    }

    /// <summary>However the bytes arrive: the records, put together again, are the bytes.</summary>
    [Test]
    public void Frame_RandomChunks_LoseAndDoubleNothing([Range(1, 30)] int seed)
    {
        var random = new Random(seed);
        var input = new byte[random.Next(200_000)];
        random.NextBytes(input);
        for (var i = 0; i < input.Length && seed % 3 != 0; i += 1 + random.Next(seed % 2 == 0 ? 100 : 40_000))
            input[i] = (byte)'\n';
        if (seed % 3 == 0)
            input.AsSpan().Replace((byte)'\n', (byte)'N');

        var framer = new LogFramer(isStderr: false, new byte[LogFramer.MaxLineBytes]);
        var records = new MemoryStream();
        var output = new byte[LogFramer.MaxRecordBytes + random.Next(50_000)];
        var time = Encoding.ASCII.GetBytes(Time);
        for (var at = 0; at < input.Length;)
        {
            var length = Math.Min(1 + random.Next(65_536), input.Length - at);
            ReadOnlySpan<byte> chunk = input.AsSpan(at, length);
            while (!chunk.IsEmpty)
                records.Write(output, 0, framer.Frame(ref chunk, time, output));
            at += length;
        }

        var unfinished = framer.HoldsBytes;
        records.Write(output, 0, framer.Finish(time, output));
        var back = Unframe(records.ToArray());
        Assert.That(back.AsSpan(0, back.Length - (unfinished ? 1 : 0)).SequenceEqual(input));
    }

    private static string Frame(string[] chunks, bool finish)
    {
        var framer = new LogFramer(isStderr: false, new byte[LogFramer.MaxLineBytes]);
        var time = Encoding.ASCII.GetBytes(Time);
        var output = new byte[100_000];
        var text = new StringBuilder();
        foreach (var chunk in chunks)
        {
            ReadOnlySpan<byte> input = Encoding.UTF8.GetBytes(chunk);
            while (!input.IsEmpty)
                text.Append(Encoding.UTF8.GetString(output, 0, framer.Frame(ref input, time, output)));
        }

        if (finish)
            text.Append(Encoding.UTF8.GetString(output, 0, framer.Finish(time, output)));
        return text.ToString();
    }

    private static byte[] Unframe(ReadOnlySpan<byte> records)
    {
        var bytes = new MemoryStream();
        const int LineAt = 40;
        while (!records.IsEmpty)
        {
            var end = records.IndexOf((byte)'\n');
            bytes.Write(records[LineAt..end]);
            if (records[LineAt - 2] == 'F')
                bytes.WriteByte((byte)'\n');
            records = records[(end + 1)..];
        }

        return bytes.ToArray();
    }
}
