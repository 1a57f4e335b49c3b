namespace Crisp.Bundle.Tests;

public class UserResolutionTests
{
    private const string Passwd =
        "root:x:0:0:root:/root:/bin/sh\n# comment\nbroken line\napp:x:1000:1001:App:/home/app:/bin/sh\nevil:x:99999999999:0::/:\n1234567890123:x:0:0::/root:/bin/sh\n";
    private const string Group = "root:x:0:\nstaff:x:50:app,other\nwheel:x:10:other\napps:x:1001:\ndisk:x:6: app \n";

    [Test]
    public void Resolve_Nothing_IsRoot()
    {
        var user = UserResolution.Resolve(null, null, Passwd, Group);
        Assert.Multiple(() =>
        {
            Assert.That(user.Uid, Is.Zero);
            Assert.That(user.Gid, Is.Zero);
            Assert.That(user.Home, Is.EqualTo("/root"));
            Assert.That(user.AdditionalGids, Is.EqualTo(new uint[] { 0 }));
        });
    }

    [TestCase("app", 1000u, 1001u, new uint[] { 1001, 50, 6 })]
    [TestCase("1000", 1000u, 1001u, new uint[] { 1001, 50, 6 })]
    [TestCase("app:", 1000u, 1001u, new uint[] { 1001, 50, 6 })]
    [TestCase("app:wheel", 1000u, 10u, new uint[] { 10 })]
    [TestCase("app:77", 1000u, 77u, new uint[] { 77 })]
    [TestCase("4242", 4242u, 0u, new uint[] { 0 })]
    [TestCase("4242:staff", 4242u, 50u, new uint[] { 50 })]
    [TestCase(":staff", 0u, 50u, new uint[] { 50 })]
    public void Resolve_ImageUser_IsLookedUp(string imageUser, uint uid, uint gid, uint[] gids)
    {
        var user = UserResolution.Resolve(null, imageUser, Passwd, Group);
        Assert.Multiple(() =>
        {
            Assert.That(user.Uid, Is.EqualTo(uid));
            Assert.That(user.Gid, Is.EqualTo(gid));
            Assert.That(user.AdditionalGids, Is.EqualTo(gids));
        });
    }

    [Test]
    public void Resolve_RequestOverImage_TakesTheRequest()
    {
        var security = new Cri.LinuxContainerSecurityContext
        {
            RunAsUser = new() { Value = 1000 },
            RunAsGroup = new() { Value = 7 }
        };
        var user = UserResolution.Resolve(security, "root:root", Passwd, Group);
        Assert.Multiple(() =>
        {
            Assert.That(user.Uid, Is.EqualTo(1000));
            Assert.That(user.Gid, Is.EqualTo(7));
            Assert.That(user.Username, Is.EqualTo("app"));
            Assert.That(user.AdditionalGids, Is.EqualTo(new uint[] { 7, 50, 6 }));
        });
    }

    [TestCase(Cri.SupplementalGroupsPolicy.Merge, new uint[] { 1001, 50, 6, 2000 })]
    [TestCase(Cri.SupplementalGroupsPolicy.Strict, new uint[] { 1001, 2000, 50 })]
    public void Resolve_SupplementalGroups_FollowThePolicy(Cri.SupplementalGroupsPolicy policy, uint[] gids)
    {
        var security = new Cri.LinuxContainerSecurityContext
        {
            RunAsUsername = "app",
            SupplementalGroups = { 2000, 50 },
            SupplementalGroupsPolicy = policy,
        };
        Assert.That(UserResolution.Resolve(security, null, Passwd, Group).AdditionalGids, Is.EqualTo(gids));
    }

    [TestCase("nobody")]                 // not in the file
    [TestCase("evil")]                   // its line is no entry: the ID does not fit
    [TestCase("1234567890123")]          // a number that does not fit, and a name in the file (CVE-2026-46680)
    [TestCase("4294967296")]             // wraps to 0 in 32 bits (CVE-2024-40635)
    [TestCase("2147483648")]
    [TestCase("-1")]
    [TestCase("+5")]
    [TestCase("a:b:c")]
    [TestCase("app\nroot2")]
    [TestCase("app\r")]
    [TestCase("a\0b")]
    [TestCase("app:nogroup")]
    [TestCase("../app")]
    public void Resolve_ImageUserThatIsNone_IsRefused(string imageUser) =>
        Refusal.Invalid(() => UserResolution.Resolve(null, imageUser, Passwd, Group), "the image's user");

    [Test]
    public void Resolve_GroupWithoutUser_IsRefused() =>
        Refusal.Invalid(
            () => UserResolution.Resolve(new() { RunAsGroup = new() { Value = 5 } }, "app", Passwd, Group),
            "run_as_group");

    [Test]
    public void Resolve_UserAndUsername_IsRefused() =>
        Refusal.Invalid(
            () => UserResolution.Resolve(
                new() { RunAsUser = new() { Value = 5 }, RunAsUsername = "app" }, "", Passwd, Group),
            "run_as_username");

    [TestCase(-1)]
    [TestCase(4294967296)]
    [TestCase(long.MinValue)]
    public void Resolve_IdOutOfRange_IsRefused(long id)
    {
        Refusal.Invalid(
            () => UserResolution.Resolve(new() { RunAsUser = new() { Value = id } }, "", null, null), "run_as_user");
        Refusal.Invalid(
            () => UserResolution.Resolve(new() { SupplementalGroups = { id } }, "", null, null), "supplemental_groups");
    }

    [Test]
    public void Resolve_NoFiles_WorksForNumbersOnly()
    {
        Assert.That(UserResolution.Resolve(null, "12:34", null, null).Gid, Is.EqualTo(34));
        Refusal.Invalid(() => UserResolution.Resolve(null, "app", null, null), "/etc/passwd");
    }

    [TestCase("x:x:5:5::relative:/bin/sh")]
    [TestCase("x:x:5:5::/a\u0007b:/bin/sh")]
    public void Resolve_HomeThatIsNoPath_IsNotTaken(string line) =>
        Assert.That(UserResolution.Resolve(null, "x", line, null).Home, Is.Null);

    [Test]
    public void Resolve_HugeFile_IsReadOnceAndInTime()
    {
        var passwd = string.Concat(Enumerable.Range(1, 200_000).Select(i => $"u{i}:x:{i}:{i}::/home/u{i}:/bin/sh\n"));
        Assert.That(UserResolution.Resolve(null, "u200000", passwd, passwd).Uid, Is.EqualTo(200_000));
    }
}
