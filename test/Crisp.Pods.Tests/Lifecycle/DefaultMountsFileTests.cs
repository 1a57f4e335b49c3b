using Crisp.OciSpec.Runtime;
using Crisp.Pods.Lifecycle;

namespace Crisp.Pods.Tests.Lifecycle;

public class DefaultMountsFileTests
{
    private string _directory = "";

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("defaults").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void CopyAll_FollowsLinks_AndLeavesOutWhatCannotBe()
    {
        string source = Directory.CreateDirectory(Path.Combine(_directory, "source")).FullName;
        string linked = Directory.CreateDirectory(Path.Combine(_directory, "linked")).FullName;
        File.WriteAllText(Path.Combine(linked, "key"), "content");
        File.CreateSymbolicLink(Path.Combine(source, "link"), linked);
        List<string> notes = [];

        IReadOnlyList<Mount> mounts = CopyAll(
            $"# comment\n\n{source}:/run/secrets/\n/none:/x\n{source}:relative\n{source}:/a/../b", notes);

        Assert.That(mounts.Single().Destination, Is.EqualTo("/run/secrets"));
        Assert.That(File.ReadAllText(Path.Combine(mounts.Single().Source!, "link", "key")), Is.EqualTo("content"));
        Assert.That(notes, Has.Count.EqualTo(3));
    }

    [Test]
    public void CopyAll_ALoopOfLinks_IsLeftOut()
    {
        string source = Directory.CreateDirectory(Path.Combine(_directory, "source")).FullName;
        File.CreateSymbolicLink(Path.Combine(source, "again"), source);
        List<string> notes = [];

        Assert.That(CopyAll($"{source}:/run/secrets", notes), Is.Empty);
        Assert.That(notes.Single(), Does.Contain("levels"));
    }

    private IReadOnlyList<Mount> CopyAll(string lines, List<string> notes)
    {
        string file = Path.Combine(_directory, "mounts.conf");
        File.WriteAllText(file, lines);
        return DefaultMountsFile.CopyAll(file, Path.Combine(_directory, "container"), (0, 0), notes);
    }
}
