using Crisp.Bundle.SELinux;
using Crisp.Pods.Security;

namespace Crisp.Pods.Tests.Security;

/// <summary>What the kernel and the policy say of SELinux, on directories that look like theirs.</summary>
public class SELinuxPolicyTests
{
    private static readonly SELinuxHost Usual = new(
        "system_u:system_r:container_t:s0", "system_u:object_r:container_file_t:s0");

    private string _directory = "";

    private string Kernel => Path.Combine(_directory, "selinuxfs");

    private string Settings => Path.Combine(_directory, "etc");

    [SetUp]
    public void Make() => _directory = Directory.CreateTempSubdirectory("crisp-selinux-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Read_SELinuxIsOff_IsNone() => Assert.That(SELinuxPolicy.Read(Kernel, Settings), Is.Null);

    [Test]
    public void Read_NoFileOfThePolicy_IsTheUsualOne()
    {
        Write("selinuxfs/enforce", "1");

        Assert.That(SELinuxPolicy.Read(Kernel, Settings), Is.EqualTo(Usual));
    }

    [Test]
    public void Read_TheFileOfThePolicyThatIsConfigured()
    {
        Write("selinuxfs/enforce", "0");
        Write("etc/config", "# SELINUXTYPE= can take one of these\nSELINUX=permissive\nSELINUXTYPE=mls\n");
        Write(
            "etc/mls/contexts/lxc_contexts",
            "process = \"sys_u:sys_r:lxc_t:s0-s15:c0.c1023\"\nfile = \"sys_u:object_r:lxc_file_t:s0\"\ncontent = \"x\"\n");

        Assert.That(
            SELinuxPolicy.Read(Kernel, Settings),
            Is.EqualTo(new SELinuxHost("sys_u:sys_r:lxc_t:s0-s15:c0.c1023", "sys_u:object_r:lxc_file_t:s0")));
    }

    [Test]
    public void Read_LinesThatAreNoLabels_AreReadPast()
    {
        Write("selinuxfs/enforce", "1");
        Write("etc/targeted/contexts/lxc_contexts", "process = \"\"\nfile\nfile = \"a:b\"\n");

        Assert.That(SELinuxPolicy.Read(Kernel, Settings), Is.EqualTo(Usual));
    }

    private void Write(string path, string content)
    {
        var full = Path.Combine(_directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }
}
