namespace Crisp.Linux.Tests;

/// <summary>Mounting needs root. Everything is mounted in a mount namespace of its own.</summary>
[CancelAfter(120_000)]
public sealed class MountsTests
{
    private static readonly Version s_firstWithLowersOneByOne = new(6, 8);

    private string _directory = null!; // set before each test

    [SetUp]
    public void SetUp()
    {
        if (Environment.UserName != "root")
            Assert.Fail("needs root");
        _directory = Directory.CreateTempSubdirectory("crisp-mounts-").FullName;
    }

    [TearDown]
    public void TearDown() => Directory.Delete(_directory, recursive: true);

    [TestCase(1, true)]
    [TestCase(120, true)]
    [TestCase(1, false)]
    [TestCase(120, false)]
    public Task Overlay_ManyLowers_ShowsAllOfThem(int count, bool byFsconfig) => InMountNamespace(() =>
    {
        List<string> lowers = Layers(count, nameLength: 20);
        string target = $"{_directory}/merged";
        (string upper, string work) = ($"{_directory}/upper:1", $"{_directory}/work");
        foreach (string path in (string[])[target, upper, work])
            Directory.CreateDirectory(path);

        if (byFsconfig)
        {
            bool known = Environment.OSVersion.Version >= s_firstWithLowersOneByOne;
            Assert.That(Mounts.TryOverlayByFsconfig(lowers, upper, work, target), Is.EqualTo(known));
            if (!known)
                return; // and nothing is mounted, so that the other way can be taken
        }
        else
            Mounts.OverlayByOptions(lowers, upper, work, target);

        Assert.That(Directory.GetFiles(target), Has.Length.EqualTo(count));
        File.WriteAllText($"{target}/new", "x");
        Assert.That(File.Exists($"{upper}/new"));
        Assert.That(Mounts.Read("/proc/thread-self/mountinfo")[^1].MountPoint, Is.EqualTo(target));
        Assert.That(Mounts.Unmount(target));
    });

    /// <summary>A label has commas, which end an option elsewhere.</summary>
    [Test]
    public void LabelOption_IsQuoted()
    {
        Assert.That(Mounts.LabelOption("u:object_r:t:s0:c1,c2"), Is.EqualTo(",context=\"u:object_r:t:s0:c1,c2\""));
        Assert.That(Mounts.LabelOption(null), Is.Empty);
    }

    [Test]
    public Task Unmount_NothingMounted_IsFalse() => InMountNamespace(() =>
    {
        Assert.That(Mounts.Unmount(_directory), Is.False);
        Assert.That(Mounts.Unmount($"{_directory}/nothing", detach: true), Is.False);
    });

    [Test]
    public void TryParse_EscapedNamesAndOptionalFields_AreUnderstood()
    {
        MountInfo mount = MountInfo.TryParse(
            @"36 35 98:0 /mnt1 /mnt\0402 rw,noatime master:1 shared:7 - ext3 /dev/root rw,errors=continue")!;
        Assert.Multiple(() =>
        {
            Assert.That(mount.MountPoint, Is.EqualTo("/mnt 2"));
            Assert.That(mount.IsShared && mount.IsSlave);
            Assert.That(mount.FileSystemType, Is.EqualTo("ext3"));
            Assert.That(MountInfo.TryParse("1 2 3"), Is.Null);
        });
    }

    private List<string> Layers(int count, int nameLength)
    {
        var lowers = new List<string>();
        for (int i = 0; i < count; i++)
        {
            string layer = $"{_directory}/layers/{i:0000}" + new string('x', nameLength);
            Directory.CreateDirectory(layer);
            File.WriteAllText($"{layer}/file{i}", "");
            lowers.Add(layer);
        }

        return lowers;
    }

    private static Task InMountNamespace(Action test) => NamespaceThread.RunAsync(NamespaceKinds.Mount, () =>
    {
        Mounts.MakePrivate("/", recursive: true);
        test();
    });
}
