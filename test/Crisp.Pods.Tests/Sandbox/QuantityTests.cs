using Crisp.Errors;
using Crisp.Pods.Sandbox;

namespace Crisp.Pods.Tests.Sandbox;

public sealed class QuantityTests
{
    [TestCase("0", 0)]
    [TestCase("1500", 1500)]
    [TestCase("10M", 10_000_000)]
    [TestCase("10Mi", 10_485_760)]
    [TestCase("2k", 2000)]
    public void Parse_Whole(string text, long expected) => Assert.That(Quantity.Parse("f", text), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("M")]
    [TestCase("-1")]
    [TestCase("1.5M")]
    [TestCase("99999999999999999999")]
    [TestCase("9999999999999T")]
    public void Parse_AnythingElse_IsInvalidArgument(string text) =>
        Assert.That(() => Quantity.Parse("f", text),
            Throws.TypeOf<CrispException>().With.Property("Kind").EqualTo(ErrorKind.InvalidArgument));
}
