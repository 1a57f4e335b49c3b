using Crisp.Ctl.Output;

namespace Crisp.Ctl.Tests.Output;

public sealed class HumanSizeTests
{
    [TestCase(0ul, 4, "0B")]
    [TestCase(999ul, 4, "999B")]
    [TestCase(1000ul, 4, "1kB")]
    [TestCase(4_345_678ul, 3, "4.35MB")]
    [TestCase(4_345_678ul, 4, "4.346MB")]
    [TestCase(20_480ul, 4, "20.48kB")]
    [TestCase(ulong.MaxValue, 3, "18.4EB")]
    public void Of_Bytes_IsWorded(ulong bytes, int digits, string expected) =>
        Assert.That(HumanSize.Of(bytes, digits), Is.EqualTo(expected));
}
