using Crisp.Errors;
using Crisp.OciSpec.Runtime;
using Crisp.Pods.Checkpoints;

namespace Crisp.Pods.Tests.Checkpoints;

/// <summary>CVE-2026-119101 and CVE-2026-115520: an image's link made criu mount what nobody had asked for.</summary>
public sealed class CheckpointRestoreTests
{
    private string _root = null!; // set before each test

    [SetUp]
    public void MakeRoot()
    {
        _root = Directory.CreateTempSubdirectory("crisp-restore-").FullName;
        Directory.CreateDirectory($"{_root}/x]:/inner");
        Directory.CreateDirectory($"{_root}/data");
        Directory.CreateSymbolicLink($"{_root}/link", "/x]:");
        Directory.CreateSymbolicLink($"{_root}/plain", "/data");
    }

    [TearDown]
    public void RemoveRoot() => Directory.Delete(_root, recursive: true);

    [TestCase("/link")]
    [TestCase("/link/inner")]
    [TestCase("/link/inner/not/there")]
    [TestCase("/link/../data")]
    [TestCase("/x]:")]
    public void RequirePlainTargets_OfOneThatCriuWouldMisread_Refuses(string target) => Assert.That(
        Assert.Throws<CrispException>(() => CheckpointRestore.RequirePlainTargets(_root, With(target)))!.Message,
        Does.Contain("container_path").And.Contain(target));

    [TestCase("/data")]
    [TestCase("/plain/x")]
    [TestCase("/not/there")]
    [TestCase("/dev/termination-log")]
    public void RequirePlainTargets_OfOthers_IsContent(string target) =>
        Assert.DoesNotThrow(() => CheckpointRestore.RequirePlainTargets(_root, With(target)));

    private static Spec With(string target) =>
        new()
        {
            OciVersion = "1.0.2",
            Mounts = [new Mount { Destination = target, Source = "/volume", Type = "bind" }]
        };
}
