using Crisp.Bundle;
using Crisp.Daemon.Hosting;

namespace Crisp.Daemon.Tests.Hosting;

public sealed class CgroupManagerTests
{
    [Test]
    public void Choose_SystemdThatDoesNotRun_IsRefusedAtTheStart() =>
        Assert.That(
            () => CgroupManager.Choose(CgroupDriver.Systemd, "/none"),
            Throws.TypeOf<StartException>()
                .With.Message.Contains("cgroup_manager").And.Property("ExitCode").EqualTo(ExitCodes.Configuration));

    [TestCase(null, "/proc", CgroupDriver.Systemd)]
    [TestCase(null, "/none", CgroupDriver.Cgroupfs)]
    [TestCase(CgroupDriver.Systemd, "/proc", CgroupDriver.Systemd)]
    [TestCase(CgroupDriver.Cgroupfs, "/proc", CgroupDriver.Cgroupfs)]
    [TestCase(CgroupDriver.Cgroupfs, "/none", CgroupDriver.Cgroupfs)]
    public void Choose_WhatIsConfigured_GoesBeforeWhatTheHostHas(
        object? configured, string systemdDirectory, object chosen) =>
        Assert.That(CgroupManager.Choose((CgroupDriver?)configured, systemdDirectory), Is.EqualTo(chosen));
}
