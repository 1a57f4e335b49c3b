using Grpc.Core;
using ProfileType = Runtime.V1.SecurityProfile.Types.ProfileType;

#pragma warning disable CS0612 // what kubelets before 1.30 send is tested, too

namespace Crisp.Node.Tests.Security;

/// <summary>
/// AppArmor as far as it shows on every host: a profile that nobody has loaded is refused, with AppArmor and without,
/// and whatever does not name one has its container run. What the profiles do is in AppArmorProfileTests.
/// </summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class AppArmorTests(string runtime) : NodeFixture(runtime)
{
    private const string Unloaded = "crisp-tests-none";

    private const string Profiles = "/sys/kernel/security/apparmor/profiles";

    private static bool HasAppArmor => File.Exists(Profiles);

    [TestCase("unconfined")]
    [TestCase("")]
    public async Task ProfileThatNamesNone_HasTheContainerRun(string olderWord)
    {
        Pod pod = await RunPlainPodAsync();
        SecurityProfile? said = olderWord.Length > 0
            ? new SecurityProfile { ProfileType = ProfileType.Unconfined }
            : null;

        Assert.That(await PrintedAsync(pod, With(pod, said, "")), Is.EqualTo("ran"));
        Assert.That(await PrintedAsync(pod, With(pod, null, olderWord)), Is.EqualTo("ran"));
    }

    /// <summary>With AppArmor the default has to be loaded when somebody asks for it.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task RuntimeDefault_IsIgnored_OnAHostWithoutAppArmor(bool older)
    {
        Pod pod = await RunPlainPodAsync();
        ContainerConfig container = older
            ? With(pod, null, "runtime/default")
            : With(pod, new() { ProfileType = ProfileType.RuntimeDefault }, "");

        if (HasAppArmor && !await IsLoadedAsync("crisp-default"))
            await Refused.WithAsync(StatusCode.InvalidArgument, () => CreateAsync(pod, container), "crisp-default");
        else
            Assert.That(await PrintedAsync(pod, container), Is.EqualTo("ran"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Localhost_ThatIsNotLoaded_IsRefused_AndNothingIsLeft(bool older)
    {
        Pod pod = await RunPlainPodAsync();

        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => CreateAsync(pod, older
                ? With(pod, null, $"localhost/{Unloaded}")
                : With(pod, new() { ProfileType = ProfileType.Localhost, LocalhostRef = Unloaded }, "")),
            "apparmor", Unloaded);

        Assert.That(await Cri.ListContainersAsync(), Is.Empty);
        Assert.That(Directory.GetFileSystemEntries(Path.Combine(Node.StateRoot, "containers")), Is.Empty);
    }

    [Test]
    public async Task Privileged_IgnoresEveryProfile()
    {
        Pod pod = await RunPlainPodAsync(config => config.Linux.SecurityContext.Privileged = true);
        ContainerConfig container =
            With(pod, new() { ProfileType = ProfileType.Localhost, LocalhostRef = Unloaded }, "");
        container.Linux.SecurityContext.Privileged = true;

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo("ran"));
    }

    private static async Task<bool> IsLoadedAsync(string name) =>
        (await File.ReadAllLinesAsync(Profiles)).Any(line => line.StartsWith($"{name} ", StringComparison.Ordinal));

    private ContainerConfig With(Pod pod, SecurityProfile? profile, string older) =>
        Container(pod, "echo", "ran").With(container =>
        {
            container.Linux.SecurityContext.Apparmor = profile;
            container.Linux.SecurityContext.ApparmorProfile = older;
        });
}
