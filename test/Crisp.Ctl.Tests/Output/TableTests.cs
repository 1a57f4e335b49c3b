using Crisp.Ctl.Output;

namespace Crisp.Ctl.Tests.Output;

public sealed class TableTests
{
    [Test]
    public void Write_Columns_AreAtLeastTwentyWideAndThreeApart()
    {
        var table = new Table("A", "B", "C");
        table.Add("short", "exactly-eighteen-c", "x");
        table.Add("", "", "last has no padding");
        using var writer = new StringWriter { NewLine = "\n" };

        table.Write(writer);

        Assert.That(writer.ToString(), Is.EqualTo(
            "A                   B                    C\n"
            + "short               exactly-eighteen-c   x\n"
            + "                                         last has no padding\n"));
    }
}
