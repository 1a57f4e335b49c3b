namespace Crisp.Linux.Tests;

public sealed class SignalsTests
{
    [TestCase("SIGTERM", 15)]
    [TestCase("term", 15)]
    [TestCase("9", 9)]
    [TestCase("SIGRTMIN+3", 37)]
    [TestCase("RTMAX-1", 63)]
    [TestCase("SIGRTMAX", 64)]
    [TestCase("SIGPOLL", 29)]
    public void FromName_KnownForms(string name, int number) =>
        Assert.That(Signals.FromName(name), Is.EqualTo(number));

    [TestCase("")]
    [TestCase("SIG")]
    [TestCase("0")]
    [TestCase("65")]
    [TestCase("-9")]
    [TestCase("SIGRTMIN-1")]
    [TestCase("SIGRTMAX+1")]
    [TestCase("SIGNOTHING")]
    public void TryFromName_Unknown_IsNull(string name) => Assert.That(Signals.TryFromName(name), Is.Null);

    [TestCase(15, "SIGTERM")]
    [TestCase(31, "SIGSYS")]
    [TestCase(37, "SIGRTMIN+3")]
    public void NameOf_Number(int number, string name) => Assert.That(Signals.NameOf(number), Is.EqualTo(name));
}
