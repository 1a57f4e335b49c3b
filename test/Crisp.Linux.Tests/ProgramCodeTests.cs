namespace Crisp.Linux.Tests;

public sealed class ProgramCodeTests
{
    [TestCase("00402000-00e41000 r-xp 00001000 fe:00 8412  /usr/bin/crisp", 0x402000UL, 0xa3f000UL)]
    [TestCase(
        "00e42000-01400000 rw-p 00a40000 fe:00 8412  /usr/bin/crisp", 0UL, 0UL, Description = "data is written to")]
    [TestCase("00400000-00402000 r--p 00000000 fe:00 8412  /usr/bin/crisp", 0UL, 0UL, Description = "relocated data")]
    [TestCase(
        "7f1000000000-7f1000010000 r-xp 00000000 fe:00 99  /usr/lib/libc.so.6", 0UL, 0UL, Description = "another's")]
    [TestCase("7f1000000000-7f1000010000 r-xp 00000000 00:00 0", 0UL, 0UL, Description = "made at run time")]
    [TestCase("ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0  [vsyscall]", 0UL, 0UL)]
    [TestCase("", 0UL, 0UL)]
    public void Line_IsTheProgramsCode_OrIsNot(string line, ulong start, ulong length)
    {
        var isCode = ProgramCode.TryParse(line, "/usr/bin/crisp", out var from, out var bytes);
        Assert.That((isCode, (ulong)from, (ulong)bytes), Is.EqualTo((length > 0, start, length)));
    }

    [Test]
    public void Release_TheProgramRunsOn() => Assert.That(ProgramCode.Release, Throws.Nothing);
}
