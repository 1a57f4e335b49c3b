using Crisp.Testing.Images;
using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>Images as volumes (Mount.image): their files, read-only, as long as the container exists.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class ImageVolumeTests(string runtime) : NodeFixture(runtime)
{
    private string _name = "";
    private string _id = "";

    [SetUp]
    public async Task PullVolumeAsync()
    {
        var image = TestImage.Oci(
            new TestImageConfig(),
            new TestLayer().Directory("dir")
                .File("dir/file", "of the image\n").File("top", "old\n").File("program", "#!/bin/sh\necho ran\n", mode: 0x1ed)
                .Symlink("dir/out", "/etc").Symlink("dir/up", "../../../../../../../tmp").Gzip(),
            new TestLayer().File("top", "new\n").Gzip());
        _name = await NodeRun.Registry.Client.PushAsync(image, "test/volume", "1");
        _id = await Cri.PullAsync(_name);
    }

    [Test]
    public async Task Files_AreThere_ReadOnly_AndCanBeRun()
    {
        var pod = await RunPlainPodAsync();

        var printed = await PrintedAsync(pod, WithVolume(
            pod, "", "sh",
            "-c", "cat /volume/top /volume/dir/file; touch /volume/new 2>&1; /volume/program 2>&1; ls /volume; true"));

        Assert.That(printed, Does.StartWith("new\nof the image\n").And.Contain("Read-only file system"));
        Assert.That(printed, Does.EndWith("\nran\ndir\nprogram\ntop"));
    }

    [Test]
    public async Task Programs_CannotBeRun_WhereTheMountSaysSo()
    {
        var pod = await RunPlainPodAsync();
        var container = WithVolume(pod, "", "sh", "-c", "/volume/program 2>&1; true").With(
            config => config.Mounts[0].MountOptions.Add("noexec"));

        Assert.That(await PrintedAsync(pod, container), Does.Contain("ermission denied"));
    }

    [TestCase("dir", "cat /volume/file", "of the image")]
    [TestCase("/dir/", "cat /volume/file", "of the image")]
    [TestCase("dir/file", "cat /volume", "of the image")]
    public async Task SubPath_IsAllThereIs(string subPath, string command, string expected)
    {
        var pod = await RunPlainPodAsync();

        Assert.That(await PrintedAsync(pod, WithVolume(pod, subPath, "sh", "-c", command)), Is.EqualTo(expected));
    }

    [TestCase("not/there")]
    [TestCase("dir/out")]
    [TestCase("dir/up")]
    public async Task SubPath_ThatIsNotInTheImage_IsRefusedInKubeletsWord_AndNothingIsLeft(string subPath)
    {
        var pod = await RunPlainPodAsync();

        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => CreateAsync(pod, WithVolume(pod, subPath, "true")), "ImageVolumeMountFailed", subPath);

        Assert.That(Directory.GetFileSystemEntries(Path.Combine(Node.StateRoot, "containers")), Is.Empty);
    }

    [Test]
    public async Task Image_ThatIsNotHere_IsRefusedByName()
    {
        var pod = await RunPlainPodAsync();
        var container = WithVolume(pod, "", "true").With(
            config => config.Mounts[0].Image.Image = "registry.example/none:1");

        await Refused.WithAsync(StatusCode.NotFound, () => CreateAsync(pod, container), "registry.example/none:1");
    }

    [Test]
    public async Task WithoutAWordOfReadOnly_IsReadOnlyAllTheSame()
    {
        var pod = await RunPlainPodAsync();

        Assert.That(
            await PrintedAsync(
                pod,
                WithVolume(pod, "", "sh", "-c", "touch /volume/new 2>&1; true")
                    .With(config => config.Mounts[0].Readonly = false)),
            Does.Contain("Read-only file system"));
    }

    [Test]
    public async Task Status_NamesTheImageByItsId()
    {
        var pod = await RunPlainPodAsync();
        var id = await CreateAsync(
            pod, WithVolume(pod, "dir", "true").With(config => config.Mounts[0].Image.Image = _name));

        var mount = (await Cri.ContainerAsync(id)).Mounts.Single();

        Assert.That((mount.Image.Image, mount.Image.ImageRef), Is.EqualTo((_id, _id)));
        Assert.That((mount.ImageSubPath, mount.Readonly, mount.HostPath), Is.EqualTo(("dir", true, "")));
    }

    [Test]
    public async Task Image_StaysAsLongAsTheContainerExists_AlsoOverARestart()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunAsync(pod, WithVolume(pod, "", "sleep", "1000"));

        await Refused.WithAsync(StatusCode.FailedPrecondition, () => Cri.RemoveImageAsync(_id), id);
        await Node.RestartDaemonAsync();

        Assert.That(await Cri.OutputAsync(id, "cat", "/volume/top"), Is.EqualTo("new"));
        await Refused.WithAsync(StatusCode.FailedPrecondition, () => Cri.RemoveImageAsync(_id), id);
        await Cri.StopAsync(id, 0);
        await Refused.WithAsync(StatusCode.FailedPrecondition, () => Cri.RemoveImageAsync(_id), id);
        await Cri.RemoveAsync(id);
        await Cri.RemoveImageAsync(_id);
        Assert.That(await Cri.ImageAsync(_id), Is.Null);
        Assert.That(MountsOf(id), Is.Empty);
    }

    [Test]
    public async Task KilledDaemon_LeavesNothingMounted_OfAContainerThatIsRemoved()
    {
        var pod = await RunPlainPodAsync();
        var id = await RunAsync(pod, WithVolume(pod, "", "sleep", "1000"));
        await Node.KillDaemonAsync();
        await Node.StartDaemonAsync();

        await Cri.StopAsync(id, 0);
        await Cri.RemoveAsync(id);

        Assert.That(MountsOf(id), Is.Empty);
    }

    private ContainerConfig WithVolume(Pod pod, string subPath, params string[] command) =>
        Container(pod, command).With(config => config.Mounts.Add(new Mount
        {
            ContainerPath = "/volume",
            Image = new ImageSpec { Image = _id, UserSpecifiedImage = _name },
            ImageSubPath = subPath,
            Readonly = true,
        }));

    private static IEnumerable<string> MountsOf(string id) =>
        File.ReadLines("/proc/self/mountinfo").Where(line => line.Contains(id, StringComparison.Ordinal));
}
