namespace Crisp.OciRuntime.Tests;

public class RuntimeFailedExceptionTests
{
    [Test]
    public void Message_NamesRuntimeVerbAndContainer_BeforeTheRuntimesOwnWords() => Assert.That(
        new RuntimeFailedException("crun", "create", "abc", "exec: not found").Message,
        Is.EqualTo("crun create of container \"abc\" failed: exec: not found"));

    [Test]
    public void Message_OfARefusalThatIsKnown_EndsWithTheRemedy()
    {
        var failure = new RuntimeFailedException(
            "crun", "create", "abc", "cgroups in hybrid mode not supported, drop all controllers from cgroupv2");
        Assert.That(
            failure.Message, Does.EndWith($"drop all controllers from cgroupv2; {RuntimeRemedies.SplitCgroups}"));
        Assert.That(failure.RuntimeMessage, Does.EndWith("from cgroupv2"), "the runtime's words stay its own");
    }

    [Test]
    public void Message_OfAFileSystemThatCannotBeMapped_SaysWhatItTakes() => Assert.That(
        new RuntimeFailedException("crun", "create", "abc", "mount_setattr `/v`: Invalid argument").Message,
        Does.EndWith("mount_setattr `/v`: Invalid argument; this kernel cannot map the owners of files on that file "
            + "system: pods with users of their own take Linux 6.3 for volumes on tmpfs, which secrets and service "
            + "account tokens are"));
}
