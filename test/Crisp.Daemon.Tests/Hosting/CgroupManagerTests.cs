using Crisp.Bundle;
using Crisp.Daemon.Hosting;

namespace Crisp.Daemon.Tests.Hosting;

public sealed class CgroupManagerTests
{
    [Test]
    public void Check_SystemdThatDoesNotRun_IsRefusedAtTheStart()
    {
        Assert.That(
            () => CgroupManager.Check(CgroupDriver.Systemd, "/none"),
            Throws.TypeOf<StartException>().With.Message.Contains("cgroup_manager").And.Property("ExitCode").EqualTo(ExitCodes.Configuration));
        Assert.DoesNotThrow(() => CgroupManager.Check(CgroupDriver.Systemd, "/proc"));
        Assert.DoesNotThrow(() => CgroupManager.Check(CgroupDriver.Cgroupfs, "/none"));
    }
}
