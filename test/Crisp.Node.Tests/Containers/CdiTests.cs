using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>CDI devices: by field and by annotation, from files that come and change while the daemon runs.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class CdiTests(string runtime) : NodeFixture(runtime)
{
    private static string Etc => Path.Combine(NodeRun.Slot.Directory, "node", "cdi-etc");

    private static string Run => Path.Combine(NodeRun.Slot.Directory, "node", "cdi-run");

    protected override NodeOptions Options =>
        base.Options with { RuntimeSettings = $"cdi_spec_dirs = [\"{Etc}\", \"{Run}\"]" };

    [SetUp]
    public void WriteFiles()
    {
        Directory.CreateDirectory(Etc);
        Directory.CreateDirectory(Run);
        File.WriteAllText(Path.Combine(Etc, "library"), "of the vendor\n");
        var hook = Path.Combine(Etc, "hook");
        File.WriteAllText(hook, $"#!/bin/sh\ncat >{Etc}/state\n");
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(Etc, "vendor.yaml"), $"""
            cdiVersion: 0.6.0
            kind: vendor.com/gpu
            containerEdits:
              env: [COMMON=yes]
            devices:
            - name: "0"
              containerEdits:
                env: [GPU=0]
                additionalGids: [4444]
                deviceNodes:
                - path: /dev/gpu0
                  hostPath: /dev/zero
                  permissions: rw
                mounts:
                - hostPath: {Etc}/library
                  containerPath: /usr/lib/library
                  options: [ro]
                hooks:
                - hookName: createRuntime
                  path: {hook}
                  args: [hook]
            - name: "1"
              containerEdits:
                env: [SECOND=1]
            """);
    }

    [Test]
    public async Task Device_BringsAllItsEdits()
    {
        var pod = await RunPlainPodAsync();
        var container = Container(
            pod, "sh", "-c",
            "echo $COMMON $GPU; id -G; stat -c %t:%T /dev/gpu0; head -c 3 /dev/gpu0 | wc -c; cat /usr/lib/library; (echo >/usr/lib/library) 2>&1; true")
            .With(config => config.CDIDevices.Add(new CDIDevice { Name = "vendor.com/gpu=0" }));

        var printed = (await PrintedAsync(pod, container)).Split('\n');

        Assert.That(printed[0], Is.EqualTo("yes 0"));
        Assert.That(printed[1].Split(' '), Does.Contain("4444"));
        Assert.That(printed[2..5], Is.EqualTo(new[] { "1:5", "3", "of the vendor" }));
        Assert.That(printed[5], Does.Contain("Read-only"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(Etc, "state")), Does.Contain("\"id\""));
    }

    [Test]
    public async Task MountOfADevice_TakesThePlaceOfTheRequests()
    {
        var pod = await RunPlainPodAsync();
        var container = Container(pod, "cat", "/usr/lib/library").With(config =>
        {
            config.CDIDevices.Add(new CDIDevice { Name = "vendor.com/gpu=0" });
            config.Mounts.Add(new Mount
            {
                ContainerPath = "/usr/lib/library",
                HostPath = Path.Combine(Etc, "vendor.yaml"),
            });
        });

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo("of the vendor"));
    }

    [Test]
    public async Task Annotation_NamesDevicesToo()
    {
        var pod = await RunPlainPodAsync();
        var container = Container(pod, "sh", "-c", "echo $COMMON $GPU $SECOND")
            .With(config => config.Annotations["cdi.k8s.io/plugin_claim"] = "vendor.com/gpu=0,vendor.com/gpu=1");

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo("yes 0 1"));
    }

    [Test]
    public async Task Files_ThatComeAndChange_AreSeenAtOnce()
    {
        var pod = await RunPlainPodAsync();
        var file = Path.Combine(Run, "later.json");
        var container = Container(pod, "sh", "-c", "echo $LATER")
            .With(config => config.CDIDevices.Add(new CDIDevice { Name = "later.com/nic=a" }));
        await Refused.WithAsync(StatusCode.InvalidArgument, () => CreateAsync(pod, container), "later.com/nic=a");

        await File.WriteAllTextAsync(file, Spec("one"));
        Assert.That(await PrintedAsync(pod, container), Is.EqualTo("one"));
        await File.WriteAllTextAsync(file, Spec("two"));
        Assert.That(await PrintedAsync(pod, container), Is.EqualTo("two"));
        File.Delete(file);
        await Refused.WithAsync(StatusCode.InvalidArgument, () => CreateAsync(pod, container), "later.com/nic=a");

        static string Spec(string value) =>
            """{"cdiVersion":"0.6.0","kind":"later.com/nic","devices":[{"name":"a","containerEdits":{"env":["LATER=VALUE"]}}]}"""
                .Replace("VALUE", value, StringComparison.Ordinal);
    }

    [TestCase("vendor.com/gpu=9", "unresolvable")]
    [TestCase("gpu", "vendor.com/class=device")]
    public async Task UnknownDevice_IsRefusedByName_AndNothingIsLeft(string name, string part)
    {
        var pod = await RunPlainPodAsync();

        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => CreateAsync(pod, Container(pod, "true")
                .With(config => config.CDIDevices.Add(new CDIDevice { Name = name }))), name, part);

        Assert.That(Directory.GetFileSystemEntries(Path.Combine(Node.StateRoot, "containers")), Is.Empty);
    }
}
