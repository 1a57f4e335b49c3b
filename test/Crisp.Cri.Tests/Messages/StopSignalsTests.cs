using Crisp.Cri.Messages;
using Runtime.V1;

namespace Crisp.Cri.Tests.Messages;

public sealed class StopSignalsTests
{
    [TestCase("SIGKILL", 13)]
    [TestCase("SIGTERM", 23)]
    [TestCase("SIGRTMIN", 35)]
    [TestCase("SIGRTMIN+15", 50)]
    [TestCase("SIGRTMAX-14", 51)]
    [TestCase("SIGRTMAX-1", 64)]
    [TestCase("SIGRTMAX", 65)]
    [TestCase("42", 0)]
    public void Name_HasTheNumberOfTheSchema(string name, int number) =>
        Assert.That((int)StopSignals.FromName(name), Is.EqualTo(number));

    [Test]
    public void TheTable_EndsWhereTheEnumEnds() =>
        Assert.That(Enum.GetValues<Signal>().Max(), Is.EqualTo(StopSignals.FromName("SIGRTMAX")));
}
