using Crisp.Bundle.Contributors;

namespace Crisp.Bundle.Tests.Contributors;

public class DeviceNodesTests
{
    private static readonly ResolvedDevice HostsRandom =
        new() { ContainerPath = "/dev/random", IsBlock = false, Major = 1, Minor = 8, FileMode = 0x1b6 };

    [Test]
    public void PrivilegedContainer_WithAnotherDeviceInAHostsPlace_IsRefused() =>
        Refusal.Invalid(
            () => DeviceNodes.Build(Privileged(HostsRandom with { Minor = 3 })), "already exists on the host");

    [Test]
    public void PrivilegedContainer_WithTheSameDeviceAgain_HasItOnce() =>
        Assert.That(
            DeviceNodes.Build(Privileged(HostsRandom))!.Select(device => device.Path),
            Is.EqualTo(new[] { "/dev/random" }));

    private static BundleInput Privileged(ResolvedDevice requested) =>
        Sample.Input(container => container.Linux.SecurityContext.Privileged = true) with
        {
            HostDevices = [HostsRandom],
            Devices = [requested],
        };
}
