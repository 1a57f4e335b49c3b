using Crisp.Ctl.Output;

namespace Crisp.Ctl.Tests.Output;

public sealed class HumanDurationTests
{
    [TestCase(0.5, "Less than a second")]
    [TestCase(1, "1 second")]
    [TestCase(59, "59 seconds")]
    [TestCase(60, "About a minute")]
    [TestCase(150, "2 minutes")]
    [TestCase(59 * 60, "59 minutes")]
    [TestCase(60 * 60, "About an hour")]
    [TestCase(90 * 60, "2 hours")]
    [TestCase(47 * 3600, "47 hours")]
    [TestCase(48 * 3600, "2 days")]
    [TestCase(13 * 86400, "13 days")]
    [TestCase(14 * 86400, "2 weeks")]
    [TestCase(60 * 86400, "2 months")]
    [TestCase(730 * 86400, "2 years")]
    [TestCase(-5, "Less than a second")]
    public void Of_Age_IsWorded(double seconds, string expected) =>
        Assert.That(HumanDuration.Of(TimeSpan.FromSeconds(seconds)), Is.EqualTo(expected));
}
