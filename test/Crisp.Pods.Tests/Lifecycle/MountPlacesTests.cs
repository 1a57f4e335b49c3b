using Crisp.Errors;
using Crisp.Linux;
using Crisp.OciSpec.Runtime;
using Crisp.Pods.Lifecycle;

namespace Crisp.Pods.Tests.Lifecycle;

public sealed class MountPlacesTests
{
    private string _image = null!; // set before each test
    private string _volume = null!; // set before each test
    private RootedDirectory _root = null!; // set before each test

    [SetUp]
    public void MakeDirectories()
    {
        _image = Directory.CreateTempSubdirectory("crisp-places-").FullName;
        _volume = Directory.CreateTempSubdirectory("crisp-places-").FullName;
        Directory.CreateDirectory($"{_image}/run/inner");
        _root = RootedDirectory.Open(_image);
    }

    [TearDown]
    public void RemoveDirectories()
    {
        _root.Dispose();
        Directory.Delete(_image, recursive: true);
        Directory.Delete(_volume, recursive: true);
    }

    [TestCase("/run/secrets", "/run/secrets")]
    [TestCase("/absolute/secrets", "/run/secrets")]
    [TestCase("/relative", "/run")]
    [TestCase("/relative/inner/up/x", "/run/x")]
    [TestCase("/dangling/x", "/none/x")]
    [TestCase("/outside", "/proc")]
    [TestCase("/top", "")]
    public void Add_GoesByTheLinksOfTheImage(string destination, string expected)
    {
        File.CreateSymbolicLink($"{_image}/absolute", "/run");
        File.CreateSymbolicLink($"{_image}/relative", "./run/");
        File.CreateSymbolicLink($"{_image}/run/inner/up", "..");
        File.CreateSymbolicLink($"{_image}/dangling", "/none");
        File.CreateSymbolicLink($"{_image}/outside", "../../relative/../../proc");
        File.CreateSymbolicLink($"{_image}/top", "/");

        Assert.That(new MountPlaces(_root).Add(Bind(destination)), Is.EqualTo(expected));
    }

    [Test]
    public void Add_GoesByTheLinksOfVolumesThatAreThere_AndNotByThoseTheyHide()
    {
        File.CreateSymbolicLink($"{_image}/alias", "/data");
        Directory.CreateDirectory($"{_image}/data");
        File.CreateSymbolicLink($"{_image}/data/link", "/hidden");
        File.CreateSymbolicLink($"{_volume}/link", "/dev");
        MountPlaces places = new(_root);

        string before = places.Add(Bind("/alias/link"));
        places.Add(Bind("/data"));

        Assert.That(before, Is.EqualTo("/hidden"));
        Assert.That(places.Add(Bind("/alias/link")), Is.EqualTo("/dev"));
        Assert.That(places.Add(Bind("/data/other/link")), Is.EqualTo("/data/other/link"));
    }

    [Test]
    public void Add_FindsNoLinksOnAFreshFileSystem()
    {
        Directory.CreateDirectory($"{_image}/dev");
        File.CreateSymbolicLink($"{_image}/dev/shm", "/run");
        MountPlaces places = new(_root);

        places.Add(new Mount { Destination = "/dev", Type = "tmpfs", Source = "tmpfs" });

        Assert.That(places.Add(Bind("/dev/shm")), Is.EqualTo("/dev/shm"));
    }

    [Test]
    public void Add_OfALinkToItself_Ends()
    {
        File.CreateSymbolicLink($"{_image}/loop", "loop/loop");

        Assert.That(new MountPlaces(_root).Add(Bind("/loop")), Does.StartWith("/loop"));
    }

    [Test]
    public async Task Add_OfALinkToWhatIsNoText_IsRefused()
    {
        using var made = System.Diagnostics.Process.Start(
            "sh", ["-c", "ln -s \"$(printf '/\\377')\" \"$0\"", $"{_image}/odd"]);
        await made.WaitForExitAsync();

        Assert.That(
            () => new MountPlaces(_root).Add(Bind("/odd")), Throws.TypeOf<CrispException>().With.Message.Contains("/odd"));
    }

    private Mount Bind(string destination) => new() { Destination = destination, Type = "bind", Source = _volume };
}
