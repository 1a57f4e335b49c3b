using Crisp.Pods.Lifecycle;

namespace Crisp.Pods.Tests.Lifecycle;

public class DeclaredVolumesTests
{
    [TestCase("/data/", ExpectedResult = new[] { "/data" })]
    [TestCase("data", ExpectedResult = new[] { "/data" })]
    [TestCase("/../../etc", ExpectedResult = new[] { "/etc" })]
    [TestCase("/a/./b//../c", ExpectedResult = new[] { "/a/c" })]
    [TestCase("/", ExpectedResult = new string[0])]
    [TestCase("", ExpectedResult = new string[0])]
    public IReadOnlyList<string> Clean_NamesOfAnImage_StayBeneathTheRoot(string volume) =>
        DeclaredVolumes.Clean([volume]);

    [Test]
    public void Clean_TheSameTwice_IsOne() =>
        Assert.That(DeclaredVolumes.Clean(["/a", "a/"]), Is.EqualTo(new[] { "/a" }));
}
