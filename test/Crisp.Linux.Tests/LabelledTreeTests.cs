namespace Crisp.Linux.Tests;

/// <summary>
/// Labels on a host without SELinux: the kernel then keeps security.selinux as any other attribute, for root. Mounts
/// are made in a mount namespace of their own.
/// </summary>
[CancelAfter(60_000)]
public sealed class LabelledTreeTests
{
    private static readonly FileLabel s_label = FileLabel.SELinux("system_u:object_r:container_file_t:s0:c1,c2");

    private string _directory = null!; // set before each test
    private string _top = null!;
    private string _outside = null!;

    [SetUp]
    public void SetUp()
    {
        if (Environment.UserName != "root")
            Assert.Fail("needs root");
        _directory = Directory.CreateTempSubdirectory("crisp-labels-").FullName;
        _top = Directory.CreateDirectory($"{_directory}/top").FullName;
        _outside = Directory.CreateDirectory($"{_directory}/outside").FullName;
        File.WriteAllText($"{_outside}/file", "");
    }

    [TearDown]
    public void TearDown() => Directory.Delete(_directory, recursive: true);

    [Test]
    public async Task Tree_WithFilesOfAllKinds_IsLabelledThroughout_AndNothingThatItsLinksNameIs()
    {
        Directory.CreateDirectory($"{_top}/a/b");
        await File.WriteAllTextAsync($"{_top}/a/b/file", "");
        await Command("mkfifo", $"{_top}/a/fifo");
        await Command("mknod", $"{_top}/a/device", "c", "1", "3");
        File.CreateSymbolicLink($"{_top}/link", $"{_outside}/file");
        Directory.CreateSymbolicLink($"{_top}/a/links", _outside);
        await File.WriteAllTextAsync($"{_top}/a/{new string('n', 255)}", "");

        Assert.That(Set(_top));

        Assert.That(
            Directory.EnumerateFileSystemEntries(_top, "*", SearchOption.AllDirectories)
                .Where(path => !path.Contains("links/", StringComparison.Ordinal))
                .Append(_top).Where(path => !IsLabelled(path)),
            Is.Empty);
        Assert.That(IsLabelled($"{_top}/link"), "a link is labelled itself");
        Assert.That(IsLabelled(_outside) || IsLabelled($"{_outside}/file"), Is.False);
    }

    [Test]
    public void File_ThatIsTheTop_IsLabelled()
    {
        File.WriteAllText($"{_top}/one", "");
        File.WriteAllText($"{_top}/other", "");

        Assert.That(Set($"{_top}/one"));

        Assert.That((IsLabelled($"{_top}/one"), IsLabelled($"{_top}/other"), IsLabelled(_top)),
            Is.EqualTo((true, false, false)));
    }

    [Test]
    public async Task File_ThatHasTheLabel_IsLeftAlone()
    {
        string file = $"{_top}/file";
        await File.WriteAllTextAsync(file, "");
        Set(_top);
        string before = await Command("stat", "-c", "%z", file);

        Assert.That(Set(_top));

        Assert.That(await Command("stat", "-c", "%z", file), Is.EqualTo(before));
    }

    [Test]
    public Task Mount_BeneathTheTop_IsNoPartOfTheTree() => InMountNamespace(() =>
    {
        Directory.CreateDirectory($"{_top}/mounted");
        Mounts.Bind(_outside, $"{_top}/mounted");

        Assert.That(Set(_top));

        Assert.That(IsLabelled(_outside) || IsLabelled($"{_outside}/file"), Is.False);
        Mounts.Unmount($"{_top}/mounted");
        Assert.That(IsLabelled(_top));
    });

    [Test]
    public void FileSystem_WithoutLabels_IsSaidToHaveNone() => Assert.That(Set("/proc/self"), Is.False);

    [Test]
    public Task ReadOnlyFileSystem_IsAnErrorUnlessAllIsRightAlready() => InMountNamespace(() =>
    {
        File.WriteAllText($"{_top}/file", "");
        string target = Directory.CreateDirectory($"{_directory}/target").FullName;
        Mounts.Bind(_top, target);
        Mounts.Mount(null, null, target, MountFlags.Bind | MountFlags.Remount | MountFlags.ReadOnly, null);
        Assert.That(() => Set(target), Throws.TypeOf<SyscallException>().With.Property("Errno").EqualTo(Errno.EROFS));

        Set(_top);

        Assert.That(Set(target));
        Mounts.Unmount(target);
    });

    /// <summary>Deeper than any path can name: refused with the beginning of it, and no descriptor is left.</summary>
    [Test]
    public void Tree_OfManyLevels_IsRefused()
    {
        Directory.CreateDirectory($"{_top}/d");
        for (int i = 0; i < 2500; i++)
        {
            Directory.CreateDirectory($"{_top}/above");
            Directory.Move($"{_top}/d", $"{_top}/above/d");
            Directory.Move($"{_top}/above", $"{_top}/d");
        }

        int before = Directory.GetFiles("/proc/self/fd").Length;

        Assert.That(() => Set(_top), Throws.TypeOf<SyscallException>()
            .With.Message.Contains("d/d/d/d").And.Property("Errno").EqualTo(Errno.ENAMETOOLONG));

        Assert.That(Directory.GetFiles("/proc/self/fd"), Has.Length.LessThan(before + 100));
        TreeRemoval.Remove($"{_top}/d");
    }

    /// <summary>CVE-2021-25741's kind: a directory and a link to another change places as fast as they can.</summary>
    [Test]
    public void Tree_InWhichDirectoriesTurnIntoLinks_LeadsNowhereElse()
    {
        Directory.CreateDirectory($"{_top}/swapped");
        for (int i = 0; i < 50; i++)
            File.WriteAllText($"{_top}/swapped/{i}", "");
        Directory.CreateSymbolicLink($"{_top}/link", _outside);
        using CancellationTokenSource enough = new();
        Thread swapper = new(() =>
        {
            while (!enough.IsCancellationRequested)
            {
                Directory.Move($"{_top}/swapped", $"{_top}/kept");
                Directory.Move($"{_top}/link", $"{_top}/swapped");
                Directory.Move($"{_top}/swapped", $"{_top}/link");
                Directory.Move($"{_top}/kept", $"{_top}/swapped");
            }
        });
        swapper.Start();
        try
        {
            for (int i = 0; i < 300; i++)
                Set(_top, FileLabel.SELinux($"u:r:t:s0:c{i}"));
        }
        finally
        {
            enough.Cancel();
            swapper.Join();
        }

        using FileDescriptor outside = FileDescriptor.Open(_outside, OpenFlags.Directory);
        using FileDescriptor file = FileDescriptor.Open($"{_outside}/file", OpenFlags.ReadOnly);
        Assert.That((outside.TryGetXattr(FileLabel.SELinuxAttribute, 100),
            file.TryGetXattr(FileLabel.SELinuxAttribute, 100)), Is.EqualTo(((byte[]?)null, (byte[]?)null)));
    }

    [Test]
    public void Labelling_ThatIsCancelled_Stops() => Assert.That(
        () => Set(_top, s_label, new CancellationToken(canceled: true)),
        Throws.InstanceOf<OperationCanceledException>());

    private static bool Set(string path, FileLabel? label = null, CancellationToken cancellation = default)
    {
        using FileDescriptor top = Open(path);
        return LabelledTree.TrySet(top, label ?? s_label, cancellation);
    }

    private static bool IsLabelled(string path)
    {
        using FileDescriptor file = Open(path);
        return s_label.IsOn(file);
    }

    private static FileDescriptor Open(string path) =>
        FileDescriptor.Open(path, OpenFlags.PathOnly | OpenFlags.NoFollow);

    private static async Task<string> Command(string program, params string[] arguments)
    {
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(
                program, arguments) { RedirectStandardOutput = true })!; // a program that exists
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    private static Task InMountNamespace(Action test) => NamespaceThread.RunAsync(NamespaceKinds.Mount, () =>
    {
        Mounts.MakePrivate("/", recursive: true);
        test();
    });
}
