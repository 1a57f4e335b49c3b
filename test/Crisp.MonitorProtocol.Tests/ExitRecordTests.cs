namespace Crisp.MonitorProtocol.Tests;

public sealed class ExitRecordTests
{
    private static readonly ExitRecord s_record = new(137, 9, true, 123, "a b")
    {
        Pid = 5,
        StartTime = 6,
        BootId = "uuid",
    };

    [Test]
    public void Format_IsText_KeyByKey() => Assert.That(
        System.Text.Encoding.UTF8.GetString(s_record.Format()),
        Is.EqualTo(
            "exit_code=137\nsignal=9\noom_killed=1\nfinished_at_nanos=123\npid=5\nstart_time=6\nboot_id=uuid\nmessage=a b\nend=1\n"));

    [Test]
    public void Parse_WhatWasFormatted_IsEqual() => Assert.That(
        ExitRecord.Parse(System.Text.Encoding.UTF8.GetString(s_record.Format())), Is.EqualTo(s_record));

    [Test]
    public void Parse_EveryPrefix_IsNoRecord()
    {
        var text = System.Text.Encoding.UTF8.GetString(s_record.Format());
        for (var length = 0; length < text.Length - 1; length++)
            Assert.That(ExitRecord.Parse(text[..length]), Is.Null, text[..length]);
    }

    [Test]
    public void Parse_UnknownKeys_AreIgnored() => Assert.That(
        ExitRecord.Parse("new=1\nexit_code=0\nfinished_at_nanos=1\nend=1\n"),
        Is.EqualTo(new ExitRecord(0, null, false, 1, null)));

    [TestCase("")]
    [TestCase("exit_code=x\nfinished_at_nanos=1\nend=1\n")]
    [TestCase("\0\0\0\0")]
    public void Parse_Garbage_IsNull(string text) => Assert.That(ExitRecord.Parse(text), Is.Null);

    [Test]
    public void ReadFirst_SkipsAbsentAndTornFiles()
    {
        var directory = Directory.CreateTempSubdirectory("crisp-exit-").FullName;
        File.WriteAllText($"{directory}/torn", "exit_code=0\n");
        File.WriteAllBytes($"{directory}/whole", s_record.Format());
        Assert.That(
            ExitRecord.ReadFirst([$"{directory}/absent", $"{directory}/torn", directory, $"{directory}/whole"]),
            Is.EqualTo(s_record));
        Directory.Delete(directory, recursive: true);
    }
}
