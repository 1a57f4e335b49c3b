using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>Devices of the host in containers: by request, by configuration, by annotation.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class DeviceTests(string runtime) : NodeFixture(runtime)
{
    protected override NodeOptions Options => base.Options with
    {
        RuntimeSettings = """
            additional_devices = ["/dev/urandom:/dev/configured:r"]
            allowed_devices = ["/dev/zero"]
            device_ownership_from_security_context = true
            """,
    };

    [Test]
    public async Task Device_IsMade_AndMayBeUsedAsAsked()
    {
        var pod = await RunPlainPodAsync();
        var container = Container(
            pod, "sh", "-c", "stat -c %t:%T /dev/mine; head -c 2 /dev/mine | wc -c; echo x 2>&1 >/dev/mine; true")
            .With(config => config.Devices.Add(
                new Device { HostPath = "/dev/kmsg", ContainerPath = "/dev/mine", Permissions = "r" }));
        container.Command[2] = "stat -c %t:%T /dev/mine; (echo x >/dev/mine) 2>&1; true";

        Assert.That(await PrintedAsync(pod, container), Does.StartWith("1:b\n").And.Contain("Operation not permitted"));
    }

    [Test]
    public async Task Directory_StandsForAllDevicesInIt()
    {
        var pod = await RunPlainPodAsync();
        var directory = Directory.CreateDirectory(Path.Combine(Node.Directory, "devices", "sub")).Parent!.FullName;
        await Command.OutputAsync("mknod", Path.Combine(directory, "a"), "c", "1", "5");
        await Command.OutputAsync("mknod", Path.Combine(directory, "sub", "b"), "c", "1", "5");
        await File.WriteAllTextAsync(Path.Combine(directory, "no-device"), "");

        Assert.That(
            await PrintedAsync(pod, Container(pod, "find", "/dev/many", "-type", "c")
                .With(config => config.Devices.Add(
                    new Device { HostPath = directory, ContainerPath = "/dev/many", Permissions = "rwm" }))),
            Is.EqualTo("/dev/many/a\n/dev/many/sub/b").Or.EqualTo("/dev/many/sub/b\n/dev/many/a"));
    }

    [Test]
    public async Task Configured_IsInEveryContainer()
    {
        var pod = await RunPlainPodAsync();

        Assert.That(await PrintedAsync(
            pod, "sh", "-c", "stat -c %t:%T /dev/configured; head -c 3 /dev/configured | wc -c"), Is.EqualTo("1:9\n3"));
    }

    [Test]
    public async Task Device_BelongsToTheUserOfTheContainer()
    {
        var pod = await RunPlainPodAsync();
        var container = Container(pod, "stat", "-c", "%u:%g", "/dev/mine").With(config =>
        {
            config.Linux.SecurityContext.RunAsUser = new Int64Value { Value = 1000 };
            config.Linux.SecurityContext.RunAsGroup = new Int64Value { Value = 2000 };
            config.Devices.Add(new Device { HostPath = "/dev/zero", ContainerPath = "/dev/mine" });
        });

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo("1000:2000"));
    }

    [TestCase("devices.crio.io")]
    [TestCase("io.kubernetes.cri-o.Devices")]
    public async Task Annotation_GivesAnAllowedDevice(string annotation)
    {
        var pod = await RunPlainPodAsync(config => config.Annotations[annotation] = "/dev/zero:/dev/annotated:rw");

        Assert.That(await PrintedAsync(pod, "stat", "-c", "%t:%T", "/dev/annotated"), Is.EqualTo("1:5"));
    }

    [TestCase("/dev/kmsg")]
    [TestCase("nonsense")]
    public async Task Annotation_OfAnyOther_IsRefusedByName(string device)
    {
        var pod = await RunPlainPodAsync(config => config.Annotations["devices.crio.io"] = device);

        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => CreateAsync(pod, Container(pod, "true")), "devices.crio.io", device);
    }

    [Test]
    public async Task Device_ThatTheHostLacks_IsRefusedByName()
    {
        var pod = await RunPlainPodAsync();

        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => CreateAsync(pod, Container(pod, "true").With(config =>
                config.Devices.Add(new Device { HostPath = "/dev/none", ContainerPath = "/dev/none" }))),
            "/dev/none");
    }
}
