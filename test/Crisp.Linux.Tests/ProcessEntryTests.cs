using System.Text;

namespace Crisp.Linux.Tests;

public class ProcessEntryTests
{
    private const string Tail =
        " S 41 42 43 0 -1 4194304 100 0 0 0 1 2 0 0 20 0 1 0 987654 1000 200 18446744073709551615";

    [TestCase("77 (sh)")]
    [TestCase("77 (a b) R 1 1 (x)")]
    [TestCase("77 (a\nb)")]
    public void Parse_AnyName_CountsFieldsFromItsEnd(string head) =>
        Assert.That(ProcessEntry.Parse(77, Encoding.UTF8.GetBytes(head + Tail)),
            Is.EqualTo(new ProcessEntry(77, 'S', 41, 43, 987654)));

    [TestCase("")]
    [TestCase("77 sh S 1")]
    [TestCase("77 (sh)")]
    [TestCase("77 (sh) S x y z")]
    public void Parse_SomethingElse_IsNull(string text) =>
        Assert.That(ProcessEntry.Parse(77, Encoding.UTF8.GetBytes(text)), Is.Null);

    [Test]
    public void Table_HoldsOurselves() =>
        Assert.That(ProcessTable.Read().Select(entry => entry.Pid), Does.Contain(Environment.ProcessId));
}
