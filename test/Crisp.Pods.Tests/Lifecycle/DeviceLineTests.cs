using Crisp.Errors;
using Crisp.Pods.Lifecycle;

namespace Crisp.Pods.Tests.Lifecycle;

public class DeviceLineTests
{
    [TestCase("/dev/a", "/dev/a", "/dev/a", "")]
    [TestCase("/dev/a:/dev/b", "/dev/a", "/dev/b", "")]
    [TestCase("/dev/a:rw", "/dev/a", "/dev/a", "rw")]
    [TestCase("/dev/a:/dev/b:r", "/dev/a", "/dev/b", "r")]
    public void Parse_EveryForm(string line, string host, string inside, string access)
    {
        var device = DeviceLine.Parse("field", line);

        Assert.That((device.HostPath, device.ContainerPath, device.Permissions), Is.EqualTo((host, inside, access)));
    }

    [TestCase("")]
    [TestCase("dev/a")]
    [TestCase("/dev/a:b:rwm")]
    [TestCase("/dev/a:/dev/b:x")]
    [TestCase("/dev/a:/dev/b:rwm:more")]
    [TestCase("/dev/../etc/shadow")]
    [TestCase("/dee/a:rw")]
    [TestCase("/dev/a:/dee/b")]
    public void Parse_AnythingElse_IsRefusedByField(string line) =>
        Assert.That(() => DeviceLine.Parse("some_field", line),
            Throws.InstanceOf<CrispException>().With.Message.StartsWith("some_field"));
}
