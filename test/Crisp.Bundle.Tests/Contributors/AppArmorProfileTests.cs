using ProfileType = Runtime.V1.SecurityProfile.Types.ProfileType;

#pragma warning disable CS0612 // what kubelets before 1.30 send is tested, too

namespace Crisp.Bundle.Tests.Contributors;

/// <summary>AppArmor on hosts with it, seen in the generated config.json: this project's machines have none.</summary>
public class AppArmorProfileTests
{
    private static readonly TestCaseData[] Choices =
    [
        Case("nothing said", _ => { }, "crisp-default"),
        Case("RuntimeDefault", s => s.Apparmor = new() { ProfileType = ProfileType.RuntimeDefault }, "crisp-default"),
        Case("Unconfined", s => s.Apparmor = new() { ProfileType = ProfileType.Unconfined }, "unconfined"),
        Case("Localhost", s => s.Apparmor = new() { ProfileType = ProfileType.Localhost, LocalhostRef = "web" }, "web"),
        Case("Localhost with the prefix of the string",
            s => s.Apparmor = new() { ProfileType = ProfileType.Localhost, LocalhostRef = "localhost/web" }, "web"),
        Case("Localhost with a space in its name",
            s => s.Apparmor = new() { ProfileType = ProfileType.Localhost, LocalhostRef = "my web" }, "my web"),
        Case("string, default", s => s.ApparmorProfile = "runtime/default", "crisp-default"),
        Case("string, unconfined", s => s.ApparmorProfile = "unconfined", "unconfined"),
        Case("string, a profile", s => s.ApparmorProfile = "localhost/web", "web"),
        Case("both: the message counts", s =>
        {
            s.Apparmor = new() { ProfileType = ProfileType.Localhost, LocalhostRef = "web" };
            s.ApparmorProfile = "unconfined";
        }, "web"),
        Case("privileged", s =>
        {
            s.Privileged = true;
            s.ApparmorProfile = "localhost/absent";
        }, "unconfined"),
    ];

    [TestCaseSource(nameof(Choices))]
    public void Build_TheProfileThatIsMeant(Action<Cri.LinuxContainerSecurityContext> change, string profile) =>
        Assert.That(BundleBuilder.Build(Input(change)).Spec.Process!.ApparmorProfile,
            Is.EqualTo(profile)); // the builder always fills the process

    [Test]
    public void Build_AnUnloadedProfile_IsRefusedByName() => Refusal.Invalid(
        () => BundleBuilder.Build(Input(s => s.ApparmorProfile = "localhost/absent")), "\"absent\" is not loaded");

    [Test]
    public void Build_TheDefaultIsNotLoaded_RefusesWhoAskedForIt_AndLeavesItOutOtherwise()
    {
        var silent = Input(_ => { }) with { Profiles = new SecurityProfiles { AppArmorDefault = "crisp-default" } };

        var result = BundleBuilder.Build(silent);

        Assert.That(result.Spec.Process!.ApparmorProfile, Is.Null); // the builder always fills the process
        Assert.That(result.Notes, Has.One.Contains("crisp-default"));
        silent.Container.Security().Apparmor = new() { ProfileType = ProfileType.RuntimeDefault };
        Refusal.Invalid(() => BundleBuilder.Build(silent), "crisp-default");
    }

    [Test]
    public void Build_HostWithoutAppArmor_IgnoresTheDefault_AndRefusesAProfile()
    {
        foreach (var type in new[] { ProfileType.RuntimeDefault, ProfileType.Unconfined })
        {
            var result = BundleBuilder.Build(
                Input(s => s.Apparmor = new() { ProfileType = type }) with { Host = Sample.Host });
            Assert.That(result.Spec.Process!.ApparmorProfile, Is.Null); // the builder always fills the process
            Assert.That(result.Notes, Is.Empty);
        }

        Refusal.Invalid(() => BundleBuilder.Build(
            Input(s => s.ApparmorProfile = "localhost/web") with { Host = Sample.Host }), "no AppArmor");
    }

    private static BundleInput Input(Action<Cri.LinuxContainerSecurityContext> change) =>
        Sample.Input(container => change(container.Security())) with
    {
        Host = Sample.Host with { AppArmor = true },
        Profiles = new SecurityProfiles
        {
            AppArmorDefault = "crisp-default",
            AppArmorLoaded = new HashSet<string> { "crisp-default", "web", "my web" }
        },
    };

    private static TestCaseData Case(string name, Action<Cri.LinuxContainerSecurityContext> change, string profile) =>
        new TestCaseData(change, profile).SetArgDisplayNames(name);
}
