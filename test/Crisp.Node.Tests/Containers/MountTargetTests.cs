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
    public void MakeOutside() => _outside = Directory.CreateDirectory(Path.Combine(Node.Directory, "outside", TestContext.CurrentContext.Test.ID)).FullName;

    [TestCase("volume")]
    [TestCase("etc/resolv.conf")]
    [TestCase("etc/mtab")]
    [TestCase("run")]
    public async Task LinkOfTheImage_AtATarget_StaysInside(string target)
    {
        string image = await PushAsync(new TestLayer().Symlink(target, $"../../../../../../../../..{_outside}/link").Gzip());
        Pod pod = await RunPlainPodAsync();

        await TryAsync(pod, ContainerRequest.Of(pod.Config, image, "sh", "-c", "echo escaped >/volume/file")
            .With(config => config.Mounts.Add(Volume(pod, "/volume"))));

        Assert.That(Directory.GetFileSystemEntries(_outside), Is.Empty);
    }

    [Test]
    public async Task LinkOfTheImage_InThePlaceOfEtc_StaysInside()
    {
        string image = await PushAsync(
            new TestLayer().Directory("bin").File("bin/busybox", await File.ReadAllBytesAsync("/bin/busybox"), mode: 0x1ed)
                .Symlink("etc", $"../../../../../../../..{_outside}").Directory("dev").Directory("proc").Directory("sys").Gzip(), withBase: false);
        Pod pod = await RunPlainPodAsync();

        await TryAsync(pod, ContainerRequest.Of(pod.Config, image, "/bin/busybox", "true"));

        Assert.That(Directory.GetFileSystemEntries(_outside), Is.Empty);
    }

    [TestCase("dev")]
    [TestCase("proc")]
    [TestCase("sys")]
    public async Task LinkOfTheImage_InThePlaceOfAKernelsFileSystem_IsRefused(string name)
    {
        string image = await PushAsync(
            new TestLayer().Directory("bin").File("bin/busybox", await File.ReadAllBytesAsync("/bin/busybox"), mode: 0x1ed)
                .Symlink(name, $"../../../../../../../..{_outside}").Gzip(), withBase: false);
        Pod pod = await RunPlainPodAsync();

        await Refused.WithAsync(
            StatusCode.FailedPrecondition, () => CreateAsync(pod, ContainerRequest.Of(pod.Config, image, "/bin/busybox", "true")), $"/{name}");

        Assert.That(Directory.GetFileSystemEntries(_outside), Is.Empty);
        Assert.That(Directory.GetFileSystemEntries(Path.Combine(Node.StateRoot, "containers")), Is.Empty);
    }

    [Test]
    public async Task LinkOfAVolume_AtTheTargetOfAnother_StaysInside()
    {
        Pod pod = await RunPlainPodAsync();
        string first = Directory.CreateDirectory(Path.Combine(Node.Directory, "linking")).FullName;
        string link = Path.Combine(first, "inner");
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
    [TestCase("/link/self/attr")]
    public async Task MountThatALinkLeadsIntoProc_DoesNotTakeIt(string target)
    {
        string image = await PushAsync(new TestLayer().Symlink("link", "/proc").Gzip());
        Pod pod = await RunPlainPodAsync();
        string first = Directory.CreateDirectory(Path.Combine(Node.Directory, "to-proc")).FullName;
        File.Delete(Path.Combine(first, "inner"));
        File.CreateSymbolicLink(Path.Combine(first, "inner"), "/proc/self");

        string? printed = await TryAsync(pod, ContainerRequest.Of(pod.Config, image, "sh", "-c", "cat /proc/self/attr/exec /proc/self/exec 2>&1; true").With(config =>
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
        string image = await PushAsync(new TestLayer().Symlink(path, "/etc/passwd").Gzip());
        Pod pod = await RunPlainPodAsync();

        string printed = await PrintedAsync(pod, ContainerRequest.Of(pod.Config, image, "sh", "-c", $"wc -c </{path}; wc -l </etc/passwd"));

        Assert.That(printed, Is.EqualTo("0\n3"));
    }

    private Mount Volume(Pod pod, string target, string file = "of-the-volume")
    {
        string volume = Directory.CreateDirectory(Path.Combine(Node.Directory, "volume", pod.Id[..8])).FullName;
        File.WriteAllText(Path.Combine(volume, file), "fake\n");
        return new Mount { ContainerPath = target, HostPath = volume };
    }

    private Task<string> PushAsync(LayerBlob layer, bool withBase = true) => PushAsync(
        TestImage.Oci(new TestImageConfig(), withBase ? [StandardImages.BaseLayer, layer] : [layer]));

    private async Task<string> PushAsync(TestImage image)
    {
        string name = await NodeRun.Registry.Client.PushAsync(image, "test/links", image.Id[^12..]);
        await Cri.PullAsync(name);
        return name;
    }

    /// <summary>What it printed; null where it was refused, which is as good.</summary>
    private async Task<string?> TryAsync(Pod pod, ContainerConfig container)
    {
        try
        {
            string id = await RunAsync(pod, container);
            await Cri.ExitedAsync(id);
            return (await Cri.LogAsync(id)).Text("stdout");
        }
        catch (RpcException)
        {
            return null;
        }
    }
}
