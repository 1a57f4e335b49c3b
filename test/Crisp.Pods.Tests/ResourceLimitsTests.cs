namespace Crisp.Pods.Tests;

public sealed class ResourceLimitsTests
{
    [Test]
    public void ParseHard_ReadsTheSecondColumn()
    {
        const string Limits = """
            Limit                     Soft Limit           Hard Limit           Units
            Max cpu time              unlimited            unlimited            seconds
            Max open files            1024                 524288               files
            Max nice priority         0                    0
            """;
        var hard = ResourceLimits.ParseHard(Limits);
        Assert.That(hard["RLIMIT_NOFILE"], Is.EqualTo(524288));
        Assert.That(hard["RLIMIT_CPU"], Is.EqualTo(ulong.MaxValue));
        Assert.That(hard["RLIMIT_NICE"], Is.Zero);
        Assert.That(hard, Has.Count.EqualTo(3));
    }
}
