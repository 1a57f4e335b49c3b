using Crisp.Pods.Stats;

namespace Crisp.Pods.Tests.Stats;

public sealed class PressureFileTests
{
    [Test]
    public void Parse_BothLines() => Assert.That(
        PressureFile.Parse(
            "some avg10=1.50 avg60=0.25 avg300=0.00 total=12345\nfull avg10=0.50 avg60=0.00 avg300=0.00 total=99\n"),
        Is.EqualTo(new PressureStats(new PressureLine(1.5, 0.25, 0, 12345), new PressureLine(0.5, 0, 0, 99))));

    [Test]
    public void Parse_CpuBeforeLinux513_HasNoFull() => Assert.That(
        PressureFile.Parse("some avg10=0.00 avg60=0.00 avg300=0.00 total=1\n")?.Full, Is.Null);

    [TestCase(null)]
    [TestCase("")]
    public void Parse_Nothing_IsNull(string? text) => Assert.That(PressureFile.Parse(text), Is.Null);
}
