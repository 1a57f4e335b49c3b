using System.Text.Json.Nodes;
using Crisp.Ctl.Tests.Fakes;
using Runtime.V1;

namespace Crisp.Ctl.Tests.Verbs;

/// <summary>images, inspecti, pull, rmi, imagefsinfo.</summary>
[CancelAfter(120_000)]
public sealed class ImagesTests
{
    private FakeNode _node = null!; // set before each test

    [SetUp]
    public async Task SetUp()
    {
        _node = await FakeNode.StartAsync();
        _node.Images.Images.Add(new Image
        {
            Id = "sha256:bbbbbbbbbbbbbbbbbbbb",
            RepoTags = { "reg:5000/web:1", "reg:5000/web:latest" },
            RepoDigests = { "reg:5000/web@sha256:cccccccccccccccccccc" },
            Size = 4_345_678,
            Pinned = true,
        });
        _node.Images.Images.Add(new Image
        {
            Id = "sha256:aaaa",
            RepoDigests = { "lib/box@sha256:dddddddddddddddddddd" },
            Size = 1000,
        });
    }

    [TearDown]
    public async Task TearDown() => await _node.DisposeAsync();

    [Test]
    public async Task Images_Table_HasARowForEachTag() =>
        Assert.That((await _node.RunAsync("images", "--digests", "--pinned")).Output, Is.EqualTo(
            "IMAGE               TAG                 DIGEST              IMAGE ID            SIZE                PINNED\n"
            + "lib/box             <none>              dddddddddddddd      aaaa                1kB                 false\n".Replace("dddddddddddddd ", "ddddddddddddd  ")
            + "reg:5000/web        1                   ccccccccccccc       bbbbbbbbbbbbb       4.35MB              true\n"
            + "reg:5000/web        latest              ccccccccccccc       bbbbbbbbbbbbb       4.35MB              true\n"));

    [Test]
    public async Task Images_Filter_IsSent()
    {
        await _node.RunAsync("img", "-q", "web:1");
        Assert.That(((ListImagesRequest)_node.Images.Requests.Single()).Filter.Image.Image, Is.EqualTo("web:1"));
    }

    [Test]
    public async Task Images_Json_HasSizesAsText() =>
        Assert.That(
            JsonNode.Parse((await _node.RunAsync("images", "-o", "json")).Output)!["images"]![1]!["size"]!.ToString(),
            Is.EqualTo("4345678"));

    [Test]
    public async Task InspectImage_Missing_SaysHowToGetIt() =>
        Assert.That((await _node.RunAsync("inspecti", "nope")).Error,
            Is.EqualTo("crispctl: there is no image \"nope\" here; crispctl pull gets it\n"));

    [Test]
    public async Task InspectImage_Found_IsShown() =>
        Assert.That(
            JsonNode.Parse(
                (await _node.RunAsync("inspecti", "reg:5000/web:1")).Output)!["status"]!["pinned"]!.GetValue<bool>());

    [Test]
    public async Task Pull_Credentials_AreSent()
    {
        var run = await _node.RunAsync("pull", "--creds", "user:pass:word", "-a", "k=v", "web");
        var request = (PullImageRequest)_node.Images.Requests.Single();
        Assert.That(run, Is.EqualTo(new CtlRun(0, "Image is up to date for sha256:aaaa\n", "")));
        Assert.That((request.Auth.Username, request.Auth.Password, request.Image.Annotations["k"]),
            Is.EqualTo(("user", "pass:word", "v")));
    }

    [Test]
    public async Task Pull_OnATerminal_ShowsSizeAndTime()
    {
        _node.IsInteractive = true;
        Assert.That((await _node.RunAsync("pull", "web")).Error, Does.Match(@"pulled web: 1kB in \d+\.\d s\n$"));
    }

    [Test]
    public async Task Pull_Refused_SaysWhatTheRegistrySaid() =>
        Assert.That(await _node.RunAsync("pull", "denied"),
            Is.EqualTo(new CtlRun(1, "", "crispctl: registry said: wrong password (Unknown)\n")));

    [Test]
    public async Task Pull_TwoKindsOfCredentials_AreRefused() =>
        Assert.That((await _node.RunAsync("pull", "--creds", "u", "--auth", "x", "web")).Error,
            Does.StartWith("crispctl: --creds and --auth contradict each other"));

    [Test]
    public async Task RemoveImage_Names_AreToldAsDeleted() =>
        Assert.That((await _node.RunAsync("rmi", "reg:5000/web:1", "nope")), Is.EqualTo(new CtlRun(
            1, "Deleted: reg:5000/web:1\nDeleted: reg:5000/web:latest\n",
            "crispctl: cannot remove image nope: there is no such image\n")));

    [Test]
    public async Task RemoveImage_Prune_LeavesPinnedAndUsedOnes()
    {
        _node.Images.Images.Add(new Image { Id = "sha256:0123456789abcdef0123", RepoTags = { "used:1" } });
        _node.Runtime.Containers.Add(Samples.Container("1111"));
        Assert.That((await _node.RunAsync("rmi", "--prune")).Output,
            Is.EqualTo("Deleted: lib/box@sha256:dddddddddddddddddddd\n"));
    }

    [Test]
    public async Task RemoveImage_All_RemovesAll() =>
        Assert.That((await _node.RunAsync("rmi", "-a")).Lines, Has.Length.EqualTo(3));

    [Test]
    public async Task ImageFsInfo_Table_IsReadable() =>
        Assert.That((await _node.RunAsync("imagefsinfo", "-o", "table")).Output, Is.EqualTo(
            "Container Filesystem\nImage Filesystem\nTimeStamp[0]: 7\nDisk[0]: 1.235MB\nInodes[0]: 42\nMountpoint[0]: /var/lib/crisp\n"));

    [Test]
    public async Task ImageFsInfo_Json_IsBelowStatus() =>
        Assert.That(
            JsonNode.Parse((await _node.RunAsync("imagefsinfo"))
                .Output)!["status"]!["imageFilesystems"]![0]!["usedBytes"]!["value"]!.ToString(),
            Is.EqualTo("1234567"));
}
