namespace Crisp.Linux.Tests;

public sealed class ErrnoTests
{
    [Test]
    public void Describe_KnownNumber_GivesTextAndSymbol() =>
        Assert.That(Errno.ENOENT.Describe(), Is.EqualTo("No such file or directory (ENOENT)"));

    [Test]
    public void Describe_UnknownNumber_GivesTheNumber() =>
        Assert.That(((Errno)133).Describe(), Does.EndWith("(133)"));
}
