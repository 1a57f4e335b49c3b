namespace Crisp.Bundle.Tests;

public class ExecProcessTests
{
    private static Oci.Process Container =>
        BundleBuilder.Build(KubeletRequest.Input()).Spec.Process!; // every bundle has one

    [Test]
    public void Build_KeepsTheContainersIdentity()
    {
        var exec = ExecProcess.Build(Container, ["ls", "-l"], terminal: false);
        Assert.Multiple(() =>
        {
            Assert.That(exec.Args, Is.EqualTo(new[] { "ls", "-l" }));
            Assert.That(exec.User.Uid, Is.EqualTo(1000));
            Assert.That(exec.User.AdditionalGids, Is.EqualTo(new uint[] { 3000, 2000 }));
            Assert.That(exec.Capabilities!.Inheritable, Is.Empty);
            Assert.That(exec.NoNewPrivileges, Is.True);
            Assert.That(exec.Cwd, Is.EqualTo("/srv"));
        });
    }

    [Test]
    public void Build_WithTerminal_HasTerm() =>
        Assert.That(ExecProcess.Build(Container, ["sh"], terminal: true).Env, Does.Contain("TERM=xterm"));

    [Test]
    public void Build_NoCommand_IsRefused()
    {
        Refusal.Invalid(() => ExecProcess.Build(Container, [], terminal: false), "cmd");
        Refusal.Invalid(() => ExecProcess.Build(Container, [""], terminal: false), "cmd");
        Refusal.Invalid(() => ExecProcess.Build(Container, ["a\0b"], terminal: false), "cmd");
    }
}
