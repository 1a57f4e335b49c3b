namespace Crisp.Bundle.Tests.Contributors;

public class ProtectedPathsTests
{
    [Test]
    public void Masked_RequestsList_IsCompleted()
    {
        var input = Sample.Input(container => container.Security().MaskedPaths.Add("/proc/mine"));
        input = input with
        {
            Host = Sample.Host with { ThermalThrottlePaths = ["/sys/devices/system/cpu/cpu0/thermal_throttle"] }
        };
        Assert.That(Linux(input).MaskedPaths, Is.SupersetOf(new[]
        {
            "/proc/mine", "/proc/kcore",
            "/proc/interrupts", "/sys/devices/virtual/powercap", "/sys/devices/system/cpu/cpu0/thermal_throttle",
        }));
    }

    [Test]
    public void EmptyLists_StayEmpty()
    {
        Assert.That(Linux(Sample.Input()).MaskedPaths, Is.Null);
        Assert.That(Linux(Sample.Input()).ReadonlyPaths, Is.Null);
    }

    [Test]
    public void NoSecurityContext_HasTheDefaults()
    {
        var linux = Linux(Sample.Input(container => container.Linux = null));
        Assert.That(linux.MaskedPaths, Does.Contain("/proc/kcore"));
        Assert.That(linux.ReadonlyPaths, Does.Contain("/proc/sys"));
    }

    private static Oci.LinuxSpec Linux(BundleInput input) => BundleBuilder.Build(input).Spec.Linux!; // always set
}
