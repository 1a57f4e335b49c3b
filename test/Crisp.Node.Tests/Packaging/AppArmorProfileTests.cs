namespace Crisp.Node.Tests.Packaging;

/// <summary>
/// The packaged AppArmor profile, read by AppArmor's own compiler: the machines of these tests have no AppArmor to load
/// it.
/// </summary>
[TestFixture]
public class AppArmorProfileTests
{
    private static string Profile => Path.Combine(Repository.Root, "packaging/apparmor/crisp-default");

    [Test]
    public async Task Profile_IsUnderstoodByTheParser_AndCalledAsTheConfigurationSays()
    {
        var package = (await Command.OutputAsync(Path.Combine(Repository.Root, "test/unpacked-package.sh"), "apparmor"))
            .Trim();
        var policy = Path.Combine(package, "etc/apparmor.d");
        string[] common = ["--base", policy, "--Include", policy, "--features-file", Path.Combine(policy, "abi/3.0")];

        var names = await Command.OutputAsync(
            Path.Combine(package, "sbin/apparmor_parser"), [.. common, "--names", Profile]);
        var compiled = await Command.RunAsync(
            Path.Combine(package, "sbin/apparmor_parser"),
            [.. common, "--skip-kernel-load", "--skip-cache", "--skip-read-cache", Profile]);

        Assert.That(names.Trim(), Is.EqualTo("crisp-default"));
        Assert.That(compiled.ExitCode, Is.Zero, compiled.Errors);
    }
}
