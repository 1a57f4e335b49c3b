using Crisp.Errors;
using Crisp.Pods.Identity;
using Crisp.Pods.Tests.Fakes;

namespace Crisp.Pods.Tests.Identity;

public sealed class ObjectIndexTests
{
    private static readonly string First = "ab1" + new string('0', 61);
    private static readonly string Second = "ab2" + new string('0', 61);
    private static readonly string Third = "c" + new string('0', 63);

    private ObjectIndex<NamedObject> _index = null!; // made by SetUp

    [SetUp]
    public void Fill()
    {
        _index = new ObjectIndex<NamedObject>("container");
        foreach (var id in (string[])[Third, First, Second])
            _index.Add(new NamedObject(id));
    }

    [Test]
    public void All_IsSortedById() =>
        Assert.That(_index.All.Select(item => item.Id), Is.EqualTo((string[])[First, Second, Third]));

    [Test]
    public void Find_WholeId_FindsIt() => Assert.That(_index.Find(Second)?.Id, Is.EqualTo(Second));

    [Test]
    public void Find_UniquePrefix_FindsIt() => Assert.That(_index.Find("ab2")?.Id, Is.EqualTo(Second));

    [Test]
    public void Find_AmbiguousPrefix_IsInvalidArgument() =>
        Assert.That(() => _index.Find("ab"),
            Throws.TypeOf<CrispException>().With.Property("Kind").EqualTo(ErrorKind.InvalidArgument));

    [Test]
    public void Find_Empty_IsInvalidArgument() =>
        Assert.That(() => _index.Find(""),
            Throws.TypeOf<CrispException>().With.Property("Kind").EqualTo(ErrorKind.InvalidArgument));

    [TestCase("b")]
    [TestCase("ab3")]
    [TestCase("d")]
    public void Find_Unknown_IsNull(string id) => Assert.That(_index.Find(id), Is.Null);

    [Test]
    public void Get_Unknown_IsNotFoundWithTheId() => Assert.That(
        () => _index.Get("dead"),
        Throws.TypeOf<CrispException>().With.Property("Kind").EqualTo(ErrorKind.NotFound).And.Message.Contains("dead"));

    [Test]
    public void Remove_LeavesTheOthers()
    {
        _index.Remove(_index.Get(Second));
        Assert.That(_index.All.Select(item => item.Id), Is.EqualTo((string[])[First, Third]));
    }
}
