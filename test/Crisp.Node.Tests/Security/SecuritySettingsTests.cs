using ProfileType = Runtime.V1.SecurityProfile.Types.ProfileType;

namespace Crisp.Node.Tests.Security;

/// <summary>
/// What an administrator changes about confinement: the default capabilities and the seccomp profiles.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class SecuritySettingsTests(string runtime) : NodeFixture(runtime)
{
    private const ulong Chown = 1UL << 0;
    private const ulong Kill = 1UL << 5;

    private readonly string _profiles = Directory.CreateTempSubdirectory("crisp-profiles-").FullName;

    protected override NodeOptions Options => base.Options with
    {
        RuntimeSettings = $"""
            default_capabilities = ["CHOWN", "cap_kill"]
            seccomp_profile = "{_profiles}/default.json"
            privileged_seccomp_profile = "{_profiles}/privileged.json"
            """,
    };

    protected override async Task PrepareAsync()
    {
        await WriteAsync("default.json", "EXDEV");
        await WriteAsync("privileged.json", "EXFULL");
    }

    [OneTimeTearDown]
    public void RemoveProfiles() => Directory.Delete(_profiles, recursive: true);

    [Test]
    public async Task DefaultCapabilities_AreTheConfiguredOnes()
    {
        var pod = await RunPlainPodAsync();

        var printed = await PrintedAsync(pod, "sh", "-c", "grep -E 'Cap(Bnd|Eff|Prm)' /proc/self/status | cut -f2");

        Assert.That(printed.Split('\n').Select(set => Convert.ToUInt64(set, 16)),
            Is.EqualTo(Enumerable.Repeat(Chown | Kill, 3)));
    }

    [TestCase(false, "Invalid cross-device link")]
    [TestCase(true, "Exchange full")]
    public async Task SeccompProfile_IsTheConfiguredOne(bool privileged, string complaint)
    {
        var pod = await RunPlainPodAsync(config => config.Linux.SecurityContext.Privileged = privileged);
        var container = Container(pod, "sh", "-c", "mkdir /new 2>&1 || true").With(config =>
        {
            config.Linux.SecurityContext.Privileged = privileged;
            config.Linux.SecurityContext.Seccomp = new SecurityProfile { ProfileType = ProfileType.RuntimeDefault };
        });

        Assert.That(await PrintedAsync(pod, container), Does.Contain(complaint));
    }

    private Task WriteAsync(string name, string errno) => File.WriteAllTextAsync(Path.Combine(_profiles, name), $$"""
        { "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{ "names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errno": "{{errno}}" }] }
        """);
}
