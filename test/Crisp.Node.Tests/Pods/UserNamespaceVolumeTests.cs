using Crisp.Testing.Images;

namespace Crisp.Node.Tests.Pods;

/// <summary>
/// Whose the files of volumes are in a pod with users of its own: of those that the image declares, of images that are
/// volumes, and of what the configuration mounts everywhere. Only crun maps the owners of mounts on Debian 12.
/// </summary>
[TestFixture("crun", "mkdir")]
[TestFixture("crun", "bind")]
public class UserNamespaceVolumeTests(string runtime, string handling) : NodeFixture(runtime)
{
    private const uint First = 1_710_000_000;

    private readonly string _settings = Directory.CreateTempSubdirectory("crisp-mounts-").FullName;
    private string _declaring = "";
    private string _volume = "";

    protected override NodeOptions Options => base.Options with
    {
        ImageSettings = $"image_volumes = \"{handling}\"",
        RuntimeSettings = $"default_mounts_file = \"{_settings}/mounts.conf\"",
    };

    protected override async Task PrepareAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_settings, "secret"), "of the node\n");
        await File.WriteAllTextAsync(Path.Combine(_settings, "mounts.conf"), $"{_settings}/secret:/run/secret\n");
    }

    [OneTimeSetUp]
    public async Task PullImagesAsync()
    {
        _declaring = await NodeRun.Registry.Client.PushAsync(
            TestImage.Oci(new TestImageConfig { Volumes = ["/made/here", "/was/there"] },
                StandardImages.BaseLayer, new TestLayer().Directory("was").Directory("was/there", uid: 33).Gzip()),
            "test/declaring", handling);
        await Cri.PullAsync(_declaring);
        _volume = await NodeRun.Registry.Client.PushAsync(
            TestImage.Oci(new TestImageConfig(), new TestLayer()
                .Directory("dir").File("dir/of-root", "root\n").File("of-another", "another\n", uid: 1234).Gzip()),
            "test/image-volume", handling);
        await Cri.PullAsync(_volume);
    }

    [OneTimeTearDown]
    public void RemoveSettings() => Directory.Delete(_settings, recursive: true);

    [TestCase(0)]
    [TestCase(1000)]
    public async Task DeclaredVolumes_BelongToTheUser_AsSeenInside(int user)
    {
        Pod pod = await RunMappedPodAsync();
        ContainerConfig container = ContainerRequest.Of(
            pod.Config, _declaring, "sh", "-c",
            "stat -c '%u:%g' /made/here /was/there; touch /made/here/file && stat -c '%u' /made/here/file")
            .With(config => config.Linux.SecurityContext.RunAsUser = new Int64Value { Value = user });
        // What the image has at a volume's place stays as it is, unless an empty directory is mounted over it.
        string there = handling == "mkdir" ? "33:0" : $"{user}:{user}";

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo($"{user}:{user}\n{there}\n{user}"));
    }

    [TestCase("", "0:0 /volume\n0:0 /volume/dir/of-root\n1234:0 /volume/of-another",
        "/volume /volume/dir/of-root /volume/of-another")]
    [TestCase("dir", "0:0 /volume\n0:0 /volume/of-root", "/volume /volume/of-root")]
    [TestCase("of-another", "1234:0 /volume", "/volume")]
    public async Task ImageVolumes_HaveTheirOwners_AsSeenInside(string subPath, string expected, string files)
    {
        Pod pod = await RunMappedPodAsync();
        ContainerConfig container = Container(pod, "sh", "-c", $"stat -c '%u:%g %n' {files}")
            .With(config => config.Mounts.Add(
                new Mount
                {
                    ContainerPath = "/volume",
                    Image = new ImageSpec { Image = _volume },
                    ImageSubPath = subPath,
                    Readonly = true
                }));

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo(expected));
        Assert.That(
            File.ReadLines("/proc/self/mountinfo").Where(line => line.Contains(".layers ", StringComparison.Ordinal)),
            Is.Empty, "the way to the layers is shut again");
    }

    [Test]
    public async Task ImageVolume_WithKubeletsMappings_IsMappedOnce()
    {
        Pod pod = await RunMappedPodAsync();
        ContainerConfig container = Container(pod, "stat", "-c", "%u:%g", "/volume/of-another").With(config =>
        {
            Mount mount =
                new() { ContainerPath = "/volume", Image = new ImageSpec { Image = _volume }, Readonly = true };
            mount.UidMappings.Add(new IDMapping { ContainerId = 0, HostId = First, Length = 65_536 });
            mount.GidMappings.Add(mount.UidMappings[0].Clone());
            config.Mounts.Add(mount);
        });

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo("1234:0"));
    }

    [Test]
    public async Task DefaultMounts_BelongToRootInside_AndCanBeRead()
    {
        Pod pod = await RunMappedPodAsync();

        Assert.That(await PrintedAsync(pod, "sh", "-c", "cat /run/secret; stat -c '%u:%g' /run/secret"),
            Is.EqualTo("of the node\n0:0"));
    }

    private Task<Pod> RunMappedPodAsync() => RunPodAsync(pod => pod.WithOwnUsers(First));
}
