namespace Crisp.Node.Tests.Node;

/// <summary>SIGHUP: what can change while pods run does, and the rest is said.</summary>
[TestFixture("crun")]
public class ReloadTests(string runtime) : NodeFixture(runtime)
{
    private string _configuration = "";

    [SetUp]
    public async Task ReadConfigurationAsync() => _configuration = await File.ReadAllTextAsync(Node.ConfigurationPath);

    [TearDown]
    public Task RestoreConfigurationAsync() => ReloadAsync(_configuration, "the configuration was read again");

    [Test]
    public async Task PinnedImages_TakeEffect()
    {
        Assert.That((await Cri.ImageAsync(Busybox))!.Pinned, Is.False);

        await ReloadAsync(
            Changed("[crio.image]", "pinned_images = [\"*busybox*\"]"), "the configuration was read again");

        Assert.That((await Cri.ImageAsync(Busybox))!.Pinned, Is.True);
    }

    [Test]
    public async Task LogLevel_TakesEffect()
    {
        await ReloadAsync(
            _configuration.Replace("log_level = \"debug\"", "log_level = \"info\"", StringComparison.Ordinal),
            "log_level is \"info\" now");
        var before = Lists();

        await Cri.ListPodsAsync();
        var pod = await RunPlainPodAsync(); // what is logged of it comes after what would be logged of the list
        await Node.Daemon.Log.SaysAsync("RunPodSandbox", pod.Id);

        Assert.That(Lists(), Is.EqualTo(before));
    }

    [Test]
    public async Task SeccompProfile_TakesEffectOnTheNextContainer_AndABrokenOneChangesNothing()
    {
        var profile = Path.Combine(Node.Directory, "reloaded.json");
        await File.WriteAllTextAsync(
            profile,
            """{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{ "names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errno": "EXDEV" }] }""");
        await ReloadAsync(
            Changed("[crio.runtime]", $"seccomp_profile = \"{profile}\""), "the configuration was read again");
        Assert.That(await MadeDirectoryAsync(), Does.Contain("Invalid cross-device link"));

        await File.WriteAllTextAsync(profile, "{}");
        ExpectError("the configuration stays as it was");
        await ReloadAsync(
            Changed("[crio.runtime]", $"seccomp_profile = \"{profile}\""), "the configuration stays as it was");
        Assert.That(await MadeDirectoryAsync(), Does.Contain("Invalid cross-device link"));
    }

    private async Task<string> MadeDirectoryAsync()
    {
        var pod = await RunPlainPodAsync();
        return await PrintedAsync(pod, Container(pod, "sh", "-c", "mkdir /new 2>&1 || true").With(config =>
            config.Linux.SecurityContext.Seccomp = new SecurityProfile
            {
                ProfileType = SecurityProfile.Types.ProfileType.RuntimeDefault
            }));
    }

    [Test]
    public async Task KeyThatNeedsARestart_IsNamed() =>
        await ReloadAsync(Changed("[crio.runtime]", "pids_limit = 77"), "[crio.runtime] pids_limit");

    [Test]
    public async Task Mistake_IsSaid_AndChangesNothing()
    {
        ExpectError("the configuration stays as it was");
        await ReloadAsync(
            Changed("[crio.image]", "pinned_images = [\"*busybox*\""), "the configuration stays as it was");

        Assert.That((await Cri.ImageAsync(Busybox))!.Pinned, Is.False);
    }

    private int Lists() =>
        Node.Daemon.Log.Lines.Count(line => line.Contains("ListPodSandbox", StringComparison.Ordinal));

    private string Changed(string table, string line) =>
        _configuration.Replace(table + "\n", $"{table}\n{line}\n", StringComparison.Ordinal);

    private async Task ReloadAsync(string configuration, string expected)
    {
        int Said() => Node.Daemon.Log.Lines.Count(line => line.Contains(expected, StringComparison.Ordinal));
        var before = Said();
        await File.WriteAllTextAsync(Node.ConfigurationPath, configuration);
        await Command.OutputAsync("kill", "-HUP", $"{Node.Daemon.Id}");
        await Eventually.BecomesTrueAsync($"the log says: {expected}", () => Said() > before);
    }
}
