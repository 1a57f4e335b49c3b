using Crisp.Daemon.Hosting;

namespace Crisp.Daemon.Tests.Hosting;

public sealed class TrimPolicyTests
{
    private const long Megabyte = 1 << 20;

    [Test]
    public void Trims_OnceAfterABurst_WhenItIsQuiet()
    {
        var policy = new TrimPolicy();
        Assert.That(policy.ShouldTrim(50 * Megabyte), Is.False, "in the burst");
        Assert.That(policy.ShouldTrim(80 * Megabyte), Is.False, "still in it");
        Assert.That(policy.ShouldTrim(80 * Megabyte + 1), Is.True, "quiet");
        Assert.That(policy.ShouldTrim(80 * Megabyte + 2), Is.False, "nothing new since");
    }

    [Test]
    public void Trims_NowAndThen_UnderPollingAlone()
    {
        var policy = new TrimPolicy();
        var trims = Enumerable.Range(1, 100).Count(i => policy.ShouldTrim(i * Megabyte / 10));
        Assert.That(trims, Is.EqualTo(2), "10 MB in steps of 100 KB");
    }
}
