using System.Text;
using Crisp.Ctl.LogReading;

namespace Crisp.Ctl.Tests.LogReading;

public sealed class LogFileTests
{
    private string _path = null!; // set before each test

    [SetUp]
    public void SetUp() => _path = Path.GetTempFileName();

    [TearDown]
    public void TearDown() => File.Delete(_path);

    [TestCase("a\nb\nc\n", 2, "b|c")]
    [TestCase("a\nb\nc", 2, "b|c")]
    [TestCase("a\nb\nc\n", 0, "")]
    [TestCase("a\nb\nc\n", 9, "a|b|c")]
    [TestCase("", 3, "")]
    public void SkipToTail_Lines_AreTheLast(string content, int lines, string expected)
    {
        File.WriteAllText(_path, content);
        using var file = LogFile.Open(_path);
        file.SkipToTail(lines);
        Assert.That(string.Join('|', ReadAll(file)), Is.EqualTo(expected));
    }

    [Test]
    public void SkipToTail_OverManyBlocks_CountsEachNewlineOnce()
    {
        File.WriteAllLines(_path, Enumerable.Range(0, 50_000).Select(i => $"line {i}"));
        using var file = LogFile.Open(_path);
        file.SkipToTail(30_000);
        var lines = ReadAll(file);
        Assert.That((lines.Count, lines[0], lines[^1]), Is.EqualTo((30_000, "line 20000", "line 49999")));
    }

    [Test]
    public void TryReadLine_LongLines_AreWhole()
    {
        var long1 = new string('x', 300_000);
        File.WriteAllText(_path, $"{long1}\nshort\n{long1}\n");
        using var file = LogFile.Open(_path);
        Assert.That(ReadAll(file), Is.EqualTo(new[] { long1, "short", long1 }));
    }

    [Test]
    public void TryReadLine_FileGrows_GoesOnWhereItWas()
    {
        File.WriteAllText(_path, "one\ntw");
        using var file = LogFile.Open(_path);
        Assert.That(file.TryReadLine(out var line) && Encoding.UTF8.GetString(line) == "one");
        Assert.That(file.TryReadLine(out _), Is.False);
        File.AppendAllText(_path, "o\n");
        Assert.That(file.TryReadLine(out line) && Encoding.UTF8.GetString(line) == "two");
    }

    [Test]
    public void TryReadLine_FileTruncated_StartsAnew()
    {
        File.WriteAllText(_path, "one\ntwo\n");
        using var file = LogFile.Open(_path);
        Assert.That(ReadAll(file), Has.Count.EqualTo(2));
        File.WriteAllText(_path, "new\n");
        Assert.That(ReadAll(file), Is.EqualTo(new[] { "new" }));
    }

    private static List<string> ReadAll(LogFile file)
    {
        var lines = new List<string>();
        while (file.TryReadLine(out var line)) lines.Add(Encoding.UTF8.GetString(line));
        if (file.TryTakeRest(out var rest)) lines.Add(Encoding.UTF8.GetString(rest));
        return lines;
    }
}
