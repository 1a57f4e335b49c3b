using Crisp.Testing.Images;

namespace Crisp.Node.Tests.Containers;

/// <summary>
/// Volumes that images declare: made, mounted or ignored, as configured, and never outside of the container.
/// </summary>
[TestFixture("crun", "mkdir")]
[TestFixture("runc", "mkdir")]
[TestFixture("crun", "bind")]
[TestFixture("runc", "bind")]
[TestFixture("crun", "ignore")]
public class DeclaredVolumeTests(string runtime, string handling) : NodeFixture(runtime)
{
    private string _image = "";

    protected override NodeOptions Options => base.Options with { ImageSettings = $"image_volumes = \"{handling}\"" };

    [OneTimeSetUp]
    public async Task PullImageAsync()
    {
        var image = TestImage.Oci(
            new TestImageConfig { Volumes = ["/made/here", "/../../../../tmp/climbed", "/linked/inside"] },
            StandardImages.BaseLayer,
            new TestLayer().Symlink("linked", "../../../../../../../../tmp").Gzip());
        _image = await NodeRun.Registry.Client.PushAsync(image, "test/declared", handling);
        await Cri.PullAsync(_image);
    }

    [Test]
    public async Task Volume_IsThere_ForTheUser_UnlessIgnored()
    {
        var pod = await RunPlainPodAsync();
        var container =
            Of(pod, "sh", "-c",
                "stat -c %u:%g:%a /made/here 2>&1; touch /made/here/file && echo written; grep -c ' /made/here ' /proc/mounts; true")
            .With(config => config.Linux.SecurityContext.RunAsUser = new Int64Value { Value = 1000 });

        var printed = await PrintedAsync(pod, container);

        Assert.That(printed, handling switch
        {
            "mkdir" => Is.EqualTo("1000:1000:755\nwritten\n0"),
            "bind" => Is.EqualTo("1000:1000:755\nwritten\n1"),
            _ => Does.Contain("No such file"),
        });
    }

    [Test]
    public async Task Volume_ThatClimbsOut_StaysInside()
    {
        var pod = await RunPlainPodAsync();

        await PrintedAsync(pod, Of(pod, "true"));

        Assert.That(Path.Exists("/tmp/climbed") || Path.Exists("/tmp/inside"), Is.False);
    }

    [Test]
    public async Task MountOfTheRequest_TakesTheVolumesPlace()
    {
        var pod = await RunPlainPodAsync();
        var volume = Directory.CreateDirectory(Path.Combine(Node.Directory, "asked")).FullName;
        await File.WriteAllTextAsync(Path.Combine(volume, "mine"), "");

        var container = Of(pod, "ls", "/made/here")
            .With(config => config.Mounts.Add(new Mount { ContainerPath = "/made/here/", HostPath = volume }));

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo("mine"));
    }

    private ContainerConfig Of(Pod pod, params string[] command) => ContainerRequest.Of(pod.Config, _image, command);
}
