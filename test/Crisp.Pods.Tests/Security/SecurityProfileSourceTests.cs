using Crisp.Bundle;
using Crisp.Bundle.Seccomp;
using Crisp.Errors;
using Crisp.Pods.Security;
using Runtime.V1;

namespace Crisp.Pods.Tests.Security;

/// <summary>Which profiles a container may get: from files that somebody names, and from the configuration.</summary>
public class SecurityProfileSourceTests
{
    private static readonly HostFacts Host =
        new() { CgroupV2 = true, Controllers = new HashSet<string>(), BoundingCapabilities = [], Hostname = "node" };
    private static readonly RuntimeHandlerOptions Handler = new() { Name = "crun", Path = "/usr/bin/crun" };

    private string _directory = "";

    [SetUp]
    public void Make() => _directory = Directory.CreateTempSubdirectory("crisp-seccomp-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void For_AHandlerWithAProfileOfItsOwn()
    {
        var own = SeccompProfile.Parse("own", """{ "defaultAction": "SCMP_ACT_LOG" }"""u8);
        var source = Source();

        Assert.That(source.For(new ContainerConfig(), Handler).SeccompDefault, Is.SameAs(SeccompProfile.BuiltIn));
        Assert.That(source.For(new ContainerConfig(), Handler with { Seccomp = own }).SeccompDefault, Is.SameAs(own));
    }

    [Test]
    public void For_AFile_IsReadAnewEachTime()
    {
        var path = Path.Combine(_directory, "p.json");
        File.WriteAllText(path, """{ "defaultAction": "SCMP_ACT_LOG" }""");
        File.CreateSymbolicLink(path + ".link", path);

        Assert.That(Source().For(Container(path + ".link"), Handler).SeccompLocalhost!.Name,
            Is.EqualTo(path + ".link")); // a file is named

        File.WriteAllText(path, "{}");
        Assert.That(
            () => Source().For(Container(path), Handler), Throws.TypeOf<CrispException>().With.Message.Contains(path));
    }

    [TestCase("absent.json")]
    [TestCase("")]
    [TestCase("huge.json")]
    public void For_AFileThatCannotBeRead_IsRefusedByName(string name)
    {
        using (var huge = File.Create(Path.Combine(_directory, "huge.json")))
            huge.SetLength(10L << 30);
        var path = name.Length == 0 ? _directory : Path.Combine(_directory, name);

        Assert.That(
            () => Source().For(Container(path), Handler),
            Throws.TypeOf<CrispException>().With.Property(nameof(CrispException.Kind))
                .EqualTo(ErrorKind.InvalidArgument).And.Message.Contains(path));
    }

    private static SecurityProfileSource Source() => new(new SecurityOptions(), Host, new AppArmorKernel("/nowhere"));

    private static ContainerConfig Container(string path) => new()
    {
        Linux = new LinuxContainerConfig
        {
            SecurityContext = new LinuxContainerSecurityContext
            {
                Seccomp = new SecurityProfile
                {
                    ProfileType = SecurityProfile.Types.ProfileType.Localhost,
                    LocalhostRef = path
                },
            },
        },
    };
}
