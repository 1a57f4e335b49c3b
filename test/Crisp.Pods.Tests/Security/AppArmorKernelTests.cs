using Crisp.Pods.Security;

namespace Crisp.Pods.Tests.Security;

/// <summary>
/// What the kernel says of AppArmor, on a directory that looks like /sys: this project's machines have no AppArmor.
/// </summary>
public class AppArmorKernelTests
{
    private string _sys = "";

    [SetUp]
    public void MakeSys() => _sys = Directory.CreateTempSubdirectory("crisp-sys-").FullName;

    [TearDown]
    public void RemoveSys() => Directory.Delete(_sys, recursive: true);

    [Test]
    public void IsEnabled_WithoutTheModule_IsNot() => Assert.That(new AppArmorKernel(_sys).IsEnabled, Is.False);

    [TestCase("Y\n", true)]
    [TestCase("N\n", false)]
    public void IsEnabled_AsTheModuleSays(string parameter, bool enabled)
    {
        Write("module/apparmor/parameters/enabled", parameter);
        Write("kernel/security/apparmor/profiles", "");

        Assert.That(new AppArmorKernel(_sys).IsEnabled, Is.EqualTo(enabled));
    }

    [Test]
    public void IsEnabled_WithoutSecurityfs_IsNot()
    {
        Write("module/apparmor/parameters/enabled", "Y\n");

        Assert.That(new AppArmorKernel(_sys).IsEnabled, Is.False);
    }

    [Test]
    public void Loaded_NamesWithSpacesAndParentheses_InEveryMode()
    {
        Write("kernel/security/apparmor/profiles",
            "crisp-default (enforce)\nmy web (v2) (complain)\n/usr/sbin/named (kill)\ntorn\n");

        Assert.That(new AppArmorKernel(_sys).Loaded(),
            Is.EquivalentTo(new[] { "crisp-default", "my web (v2)", "/usr/sbin/named" }));
    }

    private void Write(string path, string content)
    {
        var full = Path.Combine(_sys, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }
}
