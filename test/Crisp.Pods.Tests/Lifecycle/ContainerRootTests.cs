using System.Diagnostics;
using Crisp.Errors;
using Crisp.Pods.Lifecycle;
using Runtime.V1;

namespace Crisp.Pods.Tests.Lifecycle;

/// <summary>
/// A container's root whose author means harm: what is read of it is bounded, and never outside of it.
/// </summary>
public class ContainerRootTests
{
    private string _root = "";

    private string Passwd => Path.Combine(_root, "etc/passwd");

    [SetUp]
    public void Make()
    {
        _root = Directory.CreateTempSubdirectory("crisp-root-").FullName;
        Directory.CreateDirectory(Path.Combine(_root, "etc"));
    }

    [TearDown]
    public void Remove() => Directory.Delete(_root, recursive: true);

    /// <summary>CVE-2025-4437, CVE-2026-47262: whole files of any size were read into memory.</summary>
    [TestCase("etc/passwd")]
    [TestCase("etc/group")]
    public void ResolveUser_FileOf10Gigabytes_IsRefused_WithoutReadingIt(string file)
    {
        using (var sparse = File.Create(Path.Combine(_root, file)))
            sparse.SetLength(10L << 30);
        using var root = ContainerRoot.Open(_root);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refusal =
            Assert.Throws<CrispException>(() => root.ResolveUser(null, "app"))!; // Throws fails the test on null

        Assert.That(refusal.Message, Does.Contain($"/{file}"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(64 << 20));
    }

    /// <summary>CVE-2024-9676: a named pipe, or a link to one of the host, was opened and hung.</summary>
    [Test]
    public void ResolveUser_NamedPipe_IsRefused_WithoutHanging()
    {
        Make("mkfifo", Passwd);
        using var root = ContainerRoot.Open(_root);

        Assert.That(
            () => root.ResolveUser(null, "app"), Throws.TypeOf<CrispException>().With.Message.Contains("/etc/passwd"));
    }

    [Test]
    public void ResolveUser_LinkOutOfTheRoot_StaysInside()
    {
        var outside = Path.Combine(Path.GetTempPath(), $"crisp-outside-{Environment.ProcessId}");
        File.WriteAllText(outside, "app:x:4711:4711::/:/bin/sh\n");
        try
        {
            File.CreateSymbolicLink(Passwd, "../../../../../../../" + outside);
            using var root = ContainerRoot.Open(_root);

            Assert.That(() => root.ResolveUser(null, "app"),
                Throws.TypeOf<CrispException>().With.Message.Contains("\"app\""), "there is no such file inside");
        }
        finally
        {
            File.Delete(outside);
        }
    }

    [Test]
    public void ResolveUser_LinkWithinTheRoot_IsFollowed()
    {
        File.WriteAllText(Path.Combine(_root, "accounts"), "app:x:4711:42::/:/bin/sh\n");
        File.CreateSymbolicLink(Passwd, "/accounts");
        using var root = ContainerRoot.Open(_root);

        var user = root.ResolveUser(null, "app");

        Assert.That((user.Uid, user.Gid), Is.EqualTo((4711u, 42u)));
    }

    /// <summary>
    /// CVE-2026-46680: what does not fit was taken for the name of a user, which an image could define.
    /// </summary>
    [Test]
    public void ResolveUser_NumberOutOfRange_IsNoName(
        [Values("4294967296", "2147483648", "-1", "+0", "99999999999999999999")] string user)
    {
        File.WriteAllText(Passwd, $"{user}:x:0:0::/root:/bin/sh\n");
        using var root = ContainerRoot.Open(_root);

        Assert.That(
            () => root.ResolveUser(null, user),
            Throws.TypeOf<CrispException>()
                .With.Property(nameof(CrispException.Kind)).EqualTo(ErrorKind.InvalidArgument));
    }

    /// <summary>
    /// CVE-2022-4318, CVE-2026-15809: a line break in a name or home directory was another line of a passwd file.
    /// </summary>
    [Test]
    public void ResolveUser_NameOfSeveralLines_IsRefused(
        [Values("app\nroot2::0:0", "app\r", "app\0", "a:b")] string name)
    {
        File.WriteAllText(Passwd, "app:x:1000:1000::/home/app:/bin/sh\n");
        using var root = ContainerRoot.Open(_root);

        Assert.That(
            () => root.ResolveUser(new LinuxContainerSecurityContext { RunAsUsername = name }, null),
            Throws.TypeOf<CrispException>()
                .With.Property(nameof(CrispException.Kind)).EqualTo(ErrorKind.InvalidArgument));
    }

    /// <summary>CVE-2024-21626: a working directory through a link to an open descriptor led to the host.</summary>
    [Test]
    public void Prepare_WorkingDirectoryThroughALinkToDescriptors_MakesNothing()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "link"), "/proc/self/fd/7");
        using var root = ContainerRoot.Open(_root);

        Assert.That(() => root.Prepare("/link/sub"), Throws.TypeOf<CrispException>());
        Assert.That(Directory.EnumerateFileSystemEntries(_root).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "etc", "link" }));
    }

    /// <summary>
    /// CVE-2024-5154, CVE-2022-23648: directories were made where the image's links led, on the host.
    /// </summary>
    [Test]
    public void MakeDirectories_ThroughLinks_StayInside()
    {
        var outside = Directory.CreateTempSubdirectory("crisp-outside-").FullName;
        try
        {
            File.CreateSymbolicLink(Path.Combine(_root, "out"), outside);
            File.CreateSymbolicLink(Path.Combine(_root, "up"), "../../../../../../.." + outside);
            using var root = ContainerRoot.Open(_root);

            Assert.That(() => root.MakeDirectories(["/out/made", "/up/made"], (0, 0)),
                Throws.TypeOf<CrispException>(), "the links lead nowhere inside");
            Assert.That(Directory.EnumerateFileSystemEntries(outside), Is.Empty);
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    [Test]
    public void Prepare_Mtab_IsMadeWhereThereIsNone_AndTheImagesOwnStays([Values] bool hasOwn)
    {
        var mtab = Path.Combine(_root, "etc", "mtab");
        if (hasOwn)
            File.CreateSymbolicLink(mtab, "/elsewhere");
        using var root = ContainerRoot.Open(_root);

        root.Prepare("/");

        Assert.That(new FileInfo(mtab).LinkTarget, Is.EqualTo(hasOwn ? "/elsewhere" : "/proc/mounts"));
    }

    [Test]
    public void Prepare_WithoutEtc_MakesNoMtab()
    {
        Directory.Delete(Path.Combine(_root, "etc"), recursive: true);
        File.CreateSymbolicLink(Path.Combine(_root, "etc"), "/not/there");
        using var root = ContainerRoot.Open(_root);

        root.Prepare("/");

        Assert.That(
            Directory.EnumerateFileSystemEntries(_root).Select(Path.GetFileName), Is.EquivalentTo(new[] { "etc" }));
    }

    [Test]
    public void RefuseLinkedMountPoints_ALinkThere_IsRefused([Values("dev", "proc", "sys")] string name)
    {
        using var root = ContainerRoot.Open(_root);
        Assert.That(root.RefuseLinkedMountPoints, Throws.Nothing);

        File.CreateSymbolicLink(Path.Combine(_root, name), "/tmp");

        Assert.That(root.RefuseLinkedMountPoints, Throws.TypeOf<CrispException>().With.Message.Contains($"/{name}"));
    }

    private static void Make(string program, string path)
    {
        using var made = Process.Start(program, [path]);
        made.WaitForExit();
    }
}
