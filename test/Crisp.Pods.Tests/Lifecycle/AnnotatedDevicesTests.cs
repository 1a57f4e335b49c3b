using Crisp.Bundle;
using Crisp.Errors;
using Crisp.Pods.Lifecycle;
using Runtime.V1;

namespace Crisp.Pods.Tests.Lifecycle;

public class AnnotatedDevicesTests
{
    private static readonly RuntimeFacts Allowing =
        new() { OciVersion = "1.0.2", AllowedAnnotations = ["devices.crio.io"] };

    [TestCase("devices.crio.io")]
    [TestCase("io.kubernetes.cri-o.Devices")]
    public void Of_AllowedDevices_AreThere(string annotation) =>
        Assert.That(
            AnnotatedDevices.Of(Pod(annotation, "/dev/fuse,/dev/net/tun:/dev/tun:rw"),
                Allowing, ["/dev/fuse", "/dev/net/tun"]).Select(device => device.ContainerPath),
            Is.EqualTo(new[] { "/dev/fuse", "/dev/tun" }));

    [Test]
    public void Of_AHandlerThatDoesNotAllow_TheAnnotationIsNothing() =>
        Assert.That(AnnotatedDevices.Of(Pod("devices.crio.io", "/dev/fuse"),
            Allowing with { AllowedAnnotations = ["devices.crio"] }, ["/dev/fuse"]), Is.Empty);

    [TestCase("/dev/sda")]
    [TestCase("/dev/fuse2")]
    [TestCase("/dev/fuse/../sda")]
    public void Of_AnyOtherDevice_IsRefused(string device) =>
        Assert.That(() => AnnotatedDevices.Of(Pod("devices.crio.io", device), Allowing, ["/dev/fuse"]),
            Throws.InstanceOf<CrispException>());

    private static PodSandboxConfig Pod(string annotation, string value) =>
        new() { Annotations = { [annotation] = value } };
}
