using Crisp.Testing.Images;
using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>
/// Images and volumes that put links where something is mounted: nothing of the host is reached (CVE-2021-30465,
/// CVE-2024-5154, CVE-2025-31133, CVE-2025-52565, CVE-2026-41579).
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class MountTargetTests(string runtime) : NodeFixture(runtime)
{
    private string _outside = "";

    [SetUp]
    public void MakeOutside() => _outside = Directory.CreateDirectory(
        Path.Combine(Node.Directory, "outside", TestContext.CurrentContext.Test.ID)).FullName;

    [TestCase("volume")]
    [TestCase("etc/resolv.conf")]
    [TestCase("etc/mtab")]
    [TestCase("run")]
    public async Task LinkOfTheImage_AtATarget_StaysInside(string target)
    {
        var image = await PushAsync(
            new TestLayer().Symlink(target, $"../../../../../../../../..{_outside}/link").Gzip());
        var pod = await RunPlainPodAsync();

        await TryAsync(pod, ContainerRequest.Of(pod.Config, image, "sh", "-c", "echo escaped >/volume/file")
            .With(config => config.Mounts.Add(Volume(pod, "/volume"))));

        Assert.That(Directory.GetFileSystemEntries(_outside), Is.Empty);
    }

    [Test]
    public async Task LinkOfTheImage_InThePlaceOfEtc_StaysInside()
    {
        var image = await PushAsync(
            new TestLayer()
                .Directory("bin").File("bin/busybox", await File.ReadAllBytesAsync("/bin/busybox"), mode: 0x1ed)
                .Symlink("etc", $"../../../../../../../..{_outside}")
                .Directory("dev").Directory("proc").Directory("sys").Gzip(), withBase: false);
        var pod = await RunPlainPodAsync();

        await TryAsync(pod, ContainerRequest.Of(pod.Config, image, "/bin/busybox", "true"));

        Assert.That(Directory.GetFileSystemEntries(_outside), Is.Empty);
    }

    [TestCase("dev")]
    [TestCase("proc")]
    [TestCase("sys")]
    public async Task LinkOfTheImage_InThePlaceOfAKernelsFileSystem_IsRefused(string name)
    {
        var image = await PushAsync(
            new TestLayer()
                .Directory("bin").File("bin/busybox", await File.ReadAllBytesAsync("/bin/busybox"), mode: 0x1ed)
                .Symlink(name, $"../../../../../../../..{_outside}").Gzip(), withBase: false);
        var pod = await RunPlainPodAsync();

        await Refused.WithAsync(
            StatusCode.FailedPrecondition,
            () => CreateAsync(pod, ContainerRequest.Of(pod.Config, image, "/bin/busybox", "true")), $"/{name}");

        Assert.That(Directory.GetFileSystemEntries(_outside), Is.Empty);
        Assert.That(Directory.GetFileSystemEntries(Path.Combine(Node.StateRoot, "containers")), Is.Empty);
    }

    [Test]
    public async Task LinkOfAVolume_AtTheTargetOfAnother_StaysInside()
    {
        var pod = await RunPlainPodAsync();
        var first = Directory.CreateDirectory(Path.Combine(Node.Directory, "linking")).FullName;
        var link = Path.Combine(first, "inner");
        File.Delete(link);
        File.CreateSymbolicLink(link, $"../../../../../../../../..{_outside}");

        await TryAsync(pod, Container(pod, "sh", "-c", "echo escaped >/first/inner/file").With(config =>
        {
            config.Mounts.Add(new Mount { ContainerPath = "/first", HostPath = first });
            config.Mounts.Add(Volume(pod, "/first/inner"));
        }));

        Assert.That(Directory.GetFileSystemEntries(_outside), Is.Empty);
    }

    [TestCase("/first/inner")]
    [TestCase("/first/outer")]
    [TestCase("/first/outer/proc")]
    [TestCase("/link")]
    [TestCase("/link/self/attr")]
    public async Task MountThatALinkLeadsIntoProc_DoesNotTakeIt(string target)
    {
        var image = await PushAsync(new TestLayer().Symlink("link", "/proc").Gzip());
        var pod = await RunPlainPodAsync();
        var first = Directory.CreateDirectory(Path.Combine(Node.Directory, "to-proc")).FullName;
        File.Delete(Path.Combine(first, "inner"));
        File.Delete(Path.Combine(first, "outer"));
        File.CreateSymbolicLink(Path.Combine(first, "inner"), "/proc/self");
        File.CreateSymbolicLink(Path.Combine(first, "outer"), "../..");

        var printed = await TryAsync(pod, ContainerRequest.Of(
            pod.Config, image,
            "sh", "-c", "cat /proc/self/attr/exec /proc/self/exec /proc/exec /exec 2>&1; true").With(config =>
            {
                config.Mounts.Add(new Mount { ContainerPath = "/first", HostPath = first });
                config.Mounts.Add(Volume(pod, target, "exec"));
            }));

        Assert.That(printed ?? "", Does.Not.Contain("fake"));
    }

    [TestCase("proc/interrupts")]
    [TestCase("proc/timer_list")]
    public async Task MaskedPath_ThatTheImageHasAsALink_IsMaskedNonetheless(string path)
    {
        var image = await PushAsync(new TestLayer().Symlink(path, "/etc/passwd").Gzip());
        var pod = await RunPlainPodAsync();

        var printed = await PrintedAsync(
            pod, ContainerRequest.Of(pod.Config, image, "sh", "-c", $"wc -c </{path}; wc -l </etc/passwd"));

        Assert.That(printed, Is.EqualTo("0\n3"));
    }

    /// <summary>
    /// CVE-2026-88264: with a volume in the place of /dev it is the volume's links that crun makes the console through.
    /// </summary>
    [TestCase("/dev", true)]
    [TestCase("/dev/", true)]
    [TestCase("/link", true)]
    [TestCase("/dev", false)]
    [TestCase("/link", false)]
    [TestCase("/first/inner", true)]
    [TestCase("/first/inner", false)]
    [TestCase("/to-first/inner", true)]
    [TestCase("/to-first/inner", false)]
    public async Task LinkOfAVolume_InThePlaceOfDev_ReachesNothingOfTheHost(string target, bool terminal)
    {
        string image = await PushAsync(new TestLayer().Symlink("link", "/dev").Symlink("to-first", "/first").Gzip());
        Pod pod = await RunPlainPodAsync();
        string volume = Directory.CreateDirectory(Path.Combine(Node.Directory, "dev", pod.Id[..8])).FullName;
        string first = Directory.CreateDirectory(Path.Combine(Node.Directory, "to-dev", pod.Id[..8])).FullName;
        File.CreateSymbolicLink(Path.Combine(first, "inner"), "/dev");
        foreach (string name in (string[])["console", "null", "zero", "tty", "ptmx"])
            File.CreateSymbolicLink(Path.Combine(volume, name), $"../../../../../../../../..{_outside}/{name}");

        await TryAsync(pod, ContainerRequest.Of(pod.Config, image, "true").With(config =>
        {
            config.Tty = terminal;
            config.Mounts.Add(new Mount { ContainerPath = "/first", HostPath = first });
            config.Mounts.Add(new Mount { ContainerPath = target, HostPath = volume });
        }));

        Assert.That(Directory.GetFileSystemEntries(_outside), Is.Empty);
    }

    /// <summary>CVE-2025-31133: what the volume calls /dev/null is what runc masks with.</summary>
    [Test]
    public async Task LinkOfAVolume_InThePlaceOfDevNull_UnmasksNothing()
    {
        Pod pod = await RunPlainPodAsync();
        string volume = Directory.CreateDirectory(Path.Combine(Node.Directory, "null", pod.Id[..8])).FullName;
        File.CreateSymbolicLink(Path.Combine(volume, "null"), "/proc/interrupts");

        string? printed = await TryAsync(pod, Container(pod, "cat", "/proc/interrupts").With(config =>
        {
            config.Linux.SecurityContext.MaskedPaths.Add("/proc/interrupts");
            config.Mounts.Add(new Mount { ContainerPath = "/dev", HostPath = volume });
        }));

        Assert.That(printed ?? "", Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Dev_OfTheNode_MayBeMountedThere(bool terminal)
    {
        Pod pod = await RunPlainPodAsync();
        ContainerConfig container = Container(pod, "stat", "-c", "%F", "/dev/null").With(config =>
        {
            config.Tty = terminal;
            config.Mounts.Add(new Mount { ContainerPath = "/dev", HostPath = "/dev" });
        });

        Assert.That((await PrintedAsync(pod, container)).TrimEnd(), Is.EqualTo("character special file"));
    }

    private Mount Volume(Pod pod, string target, string file = "of-the-volume")
    {
        var volume = Directory.CreateDirectory(Path.Combine(Node.Directory, "volume", pod.Id[..8])).FullName;
        File.WriteAllText(Path.Combine(volume, file), "fake\n");
        return new Mount { ContainerPath = target, HostPath = volume };
    }

    private Task<string> PushAsync(LayerBlob layer, bool withBase = true) => PushAsync(
        TestImage.Oci(new TestImageConfig(), withBase ? [StandardImages.BaseLayer, layer] : [layer]));

    private async Task<string> PushAsync(TestImage image)
    {
        var name = await NodeRun.Registry.Client.PushAsync(image, "test/links", image.Id[^12..]);
        await Cri.PullAsync(name);
        return name;
    }

    /// <summary>What it printed; null where it was refused, which is as good.</summary>
    private async Task<string?> TryAsync(Pod pod, ContainerConfig container)
    {
        try
        {
            var id = await RunAsync(pod, container);
            await Cri.ExitedAsync(id);
            return (await Cri.LogAsync(id)).Text("stdout");
        }
        catch (RpcException)
        {
            return null;
        }
    }
}
