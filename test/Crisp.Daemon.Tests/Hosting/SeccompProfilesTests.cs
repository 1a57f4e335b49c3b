using Crisp.Daemon.Hosting;

namespace Crisp.Daemon.Tests.Hosting;

/// <summary>A configured profile that cannot be honoured stops the start, with the key and the reason.</summary>
public class SeccompProfilesTests
{
    private const string Key = "[crio.runtime] seccomp_profile";

    [Test]
    public void Read_NoPath_IsNone() => Assert.That(SeccompProfiles.Read(Key, ""), Is.Null);

    [Test]
    public void Read_AProfile()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Write("p.json", """{ "defaultAction": "SCMP_ACT_ALLOW" }""");

        Assert.That(SeccompProfiles.Read(Key, path)!.Name, Is.EqualTo(path)); // a path is given
    }

    [TestCase("{}", "defaultAction")]
    [TestCase("""{ "defaultAction": "SCMP_ACT_NOTIFY" }""", "notification")]
    [TestCase(null, "absent.json")]
    public void Read_WhatCannotBeHonoured_StopsTheStart(string? content, string reason)
    {
        using var directory = new TemporaryDirectory();
        var path = content is null ? "/nowhere/absent.json" : directory.Write("p.json", content);

        var refusal =
            Assert.Throws<StartException>(() => SeccompProfiles.Read(Key, path))!; // Throws fails the test on null

        Assert.That(refusal.ExitCode, Is.EqualTo(ExitCodes.Configuration));
        Assert.That(refusal.Message, Does.StartWith(Key).And.Contain(reason));
    }
}
