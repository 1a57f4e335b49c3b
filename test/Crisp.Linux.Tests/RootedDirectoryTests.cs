using System.Text;

namespace Crisp.Linux.Tests;

public sealed class RootedDirectoryTests
{
    private string _directory = null!; // set before each test
    private RootedDirectory _root = null!; // set before each test

    [SetUp]
    public void SetUp()
    {
        _directory = Directory.CreateTempSubdirectory("crisp-rooted-").FullName;
        Directory.CreateDirectory($"{_directory}/etc");
        File.WriteAllText($"{_directory}/etc/passwd", "inside");
        _root = RootedDirectory.Open(_directory);
    }

    [TearDown]
    public void TearDown()
    {
        _root.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [TestCase("etc/passwd")]
    [TestCase("/etc/passwd")]
    [TestCase("../../../etc/passwd")]
    [TestCase("link")]
    public void ReadFile_AnyWayThere_StaysInside(string path)
    {
        File.CreateSymbolicLink($"{_directory}/link", "/etc/../../etc/passwd");
        Assert.That(_root.ReadFile(path, 100), Is.EqualTo("inside"u8.ToArray()));
    }

    [Test]
    public void TryReadLink_IsTheTargetOfALink_AndNothingForWhateverElseIsThere()
    {
        File.CreateSymbolicLink($"{_directory}/etc/link", "../nowhere");

        Assert.That(_root.TryReadLink("/etc/link"), Is.EqualTo("../nowhere"u8.ToArray()));
        foreach (string name in (string[])["etc", "etc/passwd", "etc/none", "etc/passwd/none"])
            Assert.That(_root.TryReadLink(name), Is.Null, name);
    }

    [Test]
    public void ReadFile_Absent_IsNull() => Assert.That(_root.ReadFile("etc/group", 100), Is.Null);

    [Test]
    public void ReadFile_TooLong_IsRefused() =>
        Assert.That(() => _root.ReadFile("etc/passwd", 5), Throws.TypeOf<SyscallException>());

    [Test]
    public void ReadFile_ExactlyTheLimit_IsRead() =>
        Assert.That(Encoding.UTF8.GetString(_root.ReadFile("etc/passwd", 6)!), Is.EqualTo("inside"));

    [Test]
    public void ReadFile_Directory_IsRefused() =>
        Assert.That(() => _root.ReadFile("etc", 5), Throws.TypeOf<SyscallException>());

    [Test]
    public void CreateDirectories_ThroughALink_LandsInside()
    {
        Directory.CreateSymbolicLink($"{_directory}/var", "/etc");
        _root.CreateDirectories("/var/a/b");
        _root.CreateDirectories("/var/a/b");
        Assert.That(Directory.Exists($"{_directory}/etc/a/b"));
    }

    [Test]
    public void Status_FollowsOnlyWhenAsked()
    {
        File.CreateSymbolicLink($"{_directory}/link", "etc");
        Assert.Multiple(() =>
        {
            Assert.That(_root.Status("link")!.IsDirectory);
            Assert.That(_root.Status("link", follow: false)!.IsSymlink);
            Assert.That(_root.Status("etc/passwd")!.SizeBytes, Is.EqualTo(6));
            Assert.That(_root.Status("nothing"), Is.Null);
        });
    }
}
