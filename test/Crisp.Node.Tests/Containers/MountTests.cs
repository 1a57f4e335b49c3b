using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>Volumes: host paths in containers, read-only or not, with propagation.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class MountTests(string runtime) : NodeFixture(runtime)
{
    private string _volume = "";

    [SetUp]
    public void MakeVolume()
    {
        _volume = Path.Combine(Node.Directory, "volumes", TestContext.CurrentContext.Test.ID);
        Directory.CreateDirectory(_volume);
        File.WriteAllText(Path.Combine(_volume, "file"), "of the host\n");
    }

    [Test]
    public async Task HostDirectory_IsReadAndWritten()
    {
        var pod = await RunPlainPodAsync();

        var printed = await PrintedAsync(
            pod, WithMount(pod, new Mount(), "sh", "-c", "cat /volume/file; echo of the container >/volume/new"));

        Assert.That(printed, Is.EqualTo("of the host"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_volume, "new")), Is.EqualTo("of the container\n"));
    }

    [Test]
    public async Task ReadOnly_CannotBeWritten()
    {
        var pod = await RunPlainPodAsync();

        var printed = await PrintedAsync(
            pod, WithMount(pod, new Mount { Readonly = true }, "sh", "-c", "touch /volume/new 2>&1 || true"));

        Assert.That(printed, Does.Contain("Read-only file system"));
    }

    [Test]
    public async Task File_IsMountedOnAFile()
    {
        var pod = await RunPlainPodAsync();
        var container = Container(pod, "cat", "/etc/made/for/it")
            .With(config => config.Mounts.Add(new Mount
            {
                ContainerPath = "/etc/made/for/it",
                HostPath = Path.Combine(_volume, "file"),
            }));

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo("of the host"));
    }

    [Test]
    public async Task MountOnAMaskedPath_IsMasked()
    {
        var pod = await RunPlainPodAsync();
        var container = Container(pod, "sh", "-c", "ls /sys/firmware; echo listed")
            .With(config => config.Mounts.Add(new Mount { ContainerPath = "/sys/firmware", HostPath = _volume }));

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo("listed"));
    }

    [Test]
    public async Task SymlinkedHostPath_IsFollowed()
    {
        var pod = await RunPlainPodAsync();
        var link = _volume + "-link";
        File.CreateSymbolicLink(link, _volume);

        Assert.That(
            await PrintedAsync(pod, WithMount(pod, new Mount { HostPath = link }, "cat", "/volume/file")),
            Is.EqualTo("of the host"));
    }

    [Test]
    public async Task MissingHostPath_IsMadeAsADirectory()
    {
        var pod = await RunPlainPodAsync();
        var missing = Path.Combine(_volume, "not", "there");

        await PrintedAsync(pod, WithMount(pod, new Mount { HostPath = missing }, "touch", "/volume/made"));

        Assert.That(File.Exists(Path.Combine(missing, "made")));
    }

    [Test]
    public async Task Status_TellsTheMounts_SoThatKubeletFindsTheTerminationMessage()
    {
        var pod = await RunPlainPodAsync();
        var message = Path.Combine(_volume, "termination");
        await File.WriteAllTextAsync(message, "");
        var id = await RunAsync(pod, Container(pod, "sh", "-c", "echo because >/dev/termination-log")
            .With(
                config => config.Mounts.Add(new Mount { ContainerPath = "/dev/termination-log", HostPath = message })));

        var status = await Cri.ExitedAsync(id);

        var mount = status.Mounts.Single(candidate => candidate.ContainerPath == "/dev/termination-log");
        Assert.That(await File.ReadAllTextAsync(mount.HostPath), Is.EqualTo("because\n"));
    }

    [TestCase(MountPropagation.PropagationPrivate, false)]
    [TestCase(MountPropagation.PropagationHostToContainer, true)]
    [TestCase(MountPropagation.PropagationBidirectional, true)]
    public async Task LaterMountsOfTheHost_AppearWherePropagationSaysSo(MountPropagation propagation, bool appears)
    {
        var pod = await RunPlainPodAsync(config => config.Linux.SecurityContext.Privileged =
            propagation == MountPropagation.PropagationBidirectional);
        await ShareAsync();
        try
        {
            var id = await RunAsync(pod, WithMount(pod, new Mount { Propagation = propagation }, "sleep", "1000")
                .With(config => config.Linux.SecurityContext.Privileged =
                    propagation == MountPropagation.PropagationBidirectional));
            var inner = Directory.CreateDirectory(Path.Combine(_volume, "inner")).FullName;
            await Command.OutputAsync("mount", "-t", "tmpfs", "none", inner);
            await File.WriteAllTextAsync(Path.Combine(inner, "late"), "");

            var seen = await Cri.OutputAsync(id, "ls", "/volume/inner");

            Assert.That(seen, Is.EqualTo(appears ? "late" : ""));
        }
        finally
        {
            await Node.RemoveAllPodsAsync();
            await UnshareAsync();
        }
    }

    [Test]
    public async Task Bidirectional_MountsOfTheContainer_AppearOnTheHost()
    {
        var pod = await RunPlainPodAsync(config => config.Linux.SecurityContext.Privileged = true);
        await ShareAsync();
        try
        {
            var container = WithMount(
                pod, new Mount { Propagation = MountPropagation.PropagationBidirectional },
                "sh", "-c",
                "mkdir /volume/mine && mount -t tmpfs none /volume/mine && touch /volume/mine/seen && sleep 1000");
            container.Linux.SecurityContext.Privileged = true;
            await RunAsync(pod, container);

            await Eventually.BecomesTrueAsync(
                "the container's mount is on the host", () => File.Exists(Path.Combine(_volume, "mine", "seen")));
        }
        finally
        {
            await Node.RemoveAllPodsAsync();
            await UnshareAsync();
        }
    }

    [Test]
    public async Task ContainerPath_ThatClimbsOut_StaysInside()
    {
        var pod = await RunPlainPodAsync();
        var outside = Path.Combine(Node.Directory, "outside");
        var container = Container(pod, "true").With(config => config.Mounts.Add(
            new Mount { ContainerPath = $"/../../../../../../..{outside}", HostPath = _volume }));

        try
        {
            await RunAsync(pod, container);
        }
        catch (RpcException)
        {
            // Refused is as good.
        }

        Assert.That(Path.Exists(outside), Is.False);
    }

    [Test]
    public async Task RecursiveReadOnly_HoldsBeneathToo_WherePlainReadOnlyDoesNot()
    {
        var pod = await RunPlainPodAsync();
        var inner = Directory.CreateDirectory(Path.Combine(_volume, "inner")).FullName;
        await Command.OutputAsync("mount", "-t", "tmpfs", "none", inner);
        try
        {
            const string Write = "touch /volume/inner/new 2>&1; true";
            Assert.That(
                await PrintedAsync(pod, WithMount(pod, new Mount { Readonly = true }, "sh", "-c", Write)), Is.Empty);
            Assert.That(
                await PrintedAsync(
                    pod, WithMount(pod, new Mount { Readonly = true, RecursiveReadOnly = true }, "sh", "-c", Write)),
                Does.Contain("Read-only file system"));
        }
        finally
        {
            await Node.RemoveAllPodsAsync();
            await HostMount.RemoveAsync(inner);
        }
    }

    [TestCase(false, MountPropagation.PropagationPrivate)]
    [TestCase(true, MountPropagation.PropagationHostToContainer)]
    [TestCase(true, MountPropagation.PropagationBidirectional)]
    public async Task RecursiveReadOnly_OfAMountThatIsWritable_OrHasPropagation_IsRefused(
        bool readOnly, MountPropagation propagation)
    {
        Pod pod = await RunPlainPodAsync();
        await ShareAsync();
        try
        {
            Mount mount = new() { Readonly = readOnly, RecursiveReadOnly = true, Propagation = propagation };
            await Refused.WithAsync(
                StatusCode.InvalidArgument, () => CreateAsync(pod, WithMount(pod, mount, "true")),
                "recursive_read_only");
        }
        finally
        {
            await UnshareAsync();
        }
    }

    [TestCase(MountPropagation.PropagationHostToContainer)]
    [TestCase(MountPropagation.PropagationBidirectional)]
    public async Task Propagation_WhereTheHostsMountHasNone_IsRefused(MountPropagation propagation)
    {
        Pod pod = await RunPlainPodAsync();
        await Command.OutputAsync("mount", "--bind", _volume, _volume);
        await Command.OutputAsync("mount", "--make-private", _volume);
        try
        {
            await Refused.WithAsync(
                StatusCode.InvalidArgument,
                () => CreateAsync(pod, WithMount(pod, new Mount { Propagation = propagation }, "true")),
                "propagation", _volume);
        }
        finally
        {
            await UnshareAsync();
        }
    }

    [Test]
    public async Task MountOptions_AreTheMounts()
    {
        var pod = await RunPlainPodAsync();
        var program = Path.Combine(_volume, "program");
        await File.WriteAllTextAsync(program, "#!/bin/sh\necho ran\n");
        File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);

        Assert.That(await PrintedAsync(pod, WithMount(pod, new Mount(), "/volume/program")), Is.EqualTo("ran"));
        Assert.That(
            await PrintedAsync(pod, WithMount(
                pod, new Mount { MountOptions = { "noexec", "nosuid" } }, "sh", "-c", "/volume/program 2>&1; true")),
            Does.Contain("ermission denied"));
    }

    [Test]
    public async Task MappedOwners_AreSeenMapped_OrTheRuntimeIsSaidNotToMap()
    {
        var pod = await RunPlainPodAsync();
        var container = WithMount(
            pod,
            new Mount
            {
                UidMappings = { new IDMapping { ContainerId = 0, HostId = 5000, Length = 10 } },
                GidMappings = { new IDMapping { ContainerId = 0, HostId = 6000, Length = 10 } },
            },
            "stat", "-c", "%u:%g", "/volume/file");

        if (RuntimeName == "crun")
            Assert.That(await PrintedAsync(pod, container), Is.EqualTo("5000:6000"));
        else
            await Refused.WithAsync(StatusCode.InvalidArgument, () => CreateAsync(pod, container), "uidMappings");
        Assert.That((await Command.OutputAsync("stat", "-c", "%u:%g", Path.Combine(_volume, "file"))).Trim(),
            Is.EqualTo("0:0"));
    }

    [Test]
    public async Task SelinuxRelabel_OnANodeWithoutSELinux_ChangesNothing()
    {
        var pod = await RunPlainPodAsync();

        Assert.That(
            await PrintedAsync(pod, WithMount(pod, new Mount { SelinuxRelabel = true }, "cat", "/volume/file")),
            Is.EqualTo("of the host"));
    }

    [Test]
    public async Task TwoMountsAtOnePlace_TheLastShows()
    {
        var pod = await RunPlainPodAsync();
        var other = Directory.CreateDirectory(Path.Combine(_volume, "other")).FullName;
        await File.WriteAllTextAsync(Path.Combine(other, "file"), "the other\n");

        Assert.That(
            await PrintedAsync(pod, WithMount(pod, new Mount(), "cat", "/volume/file")
                .With(config => config.Mounts.Add(new Mount { ContainerPath = "/volume", HostPath = other }))),
            Is.EqualTo("the other"));
    }

    [Test]
    public async Task UsualFiles_AreThere()
    {
        var pod = await RunPlainPodAsync();

        Assert.That(
            await PrintedAsync(pod,
                "sh", "-c", "readlink /etc/mtab; wc -c </run/.containerenv; (echo x >/run/.containerenv) 2>&1; true"),
            Does.StartWith("/proc/mounts\n0\n").And.Contain("Read-only"));
    }

    [Test]
    public async Task HostsAndResolvConf_AreThoseThatTheRequestMounts()
    {
        var pod = await RunPlainPodAsync();
        var container = Container(pod, "cat", "/etc/hosts", "/etc/resolv.conf").With(config =>
        {
            config.Mounts.Add(new Mount { ContainerPath = "/etc/hosts", HostPath = Path.Combine(_volume, "file") });
            config.Mounts.Add(
                new Mount { ContainerPath = "/etc/resolv.conf", HostPath = Path.Combine(_volume, "file") });
        });

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo("of the host\nof the host"));
    }

    [Test]
    public async Task TenThousandMounts_AreRefused_AndNothingIsLeft()
    {
        var pod = await RunPlainPodAsync();
        var container = Container(pod, "true")
            .With(config => config.Mounts.Add(
                Enumerable.Range(0, 10_000).Select(i => new Mount { ContainerPath = $"/m/{i}", HostPath = _volume })));

        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => CreateAsync(pod, container), "config.mounts", "10000");

        Assert.That(Directory.GetFileSystemEntries(Path.Combine(Node.StateRoot, "containers")), Is.Empty);
    }

    [Test]
    public async Task AThousandMounts_AreMade()
    {
        var pod = await RunPlainPodAsync();
        var container = Container(pod, "sh", "-c", "grep -c ' /m/' /proc/mounts")
            .With(config => config.Mounts.Add(
                Enumerable.Range(0, 1000).Select(i => new Mount { ContainerPath = $"/m/{i}", HostPath = _volume })));

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo("1000"));
    }

    [TestCase("/a/../b", "/volume", "host_path")]
    [TestCase("/a\0b", "/volume", "host_path")]
    [TestCase("/tmp", "/volume\0/x", "container_path")]
    [TestCase("/tmp", "/proc/self", "container_path")]
    [TestCase("/tmp", "/", "container_path")]
    [TestCase("", "/volume", "host_path")]
    [TestCase("relative", "/volume", "host_path")]
    [TestCase("/tmp", "", "container_path")]
    public async Task IncompleteMounts_AreRefused(string host, string container, string field)
    {
        var pod = await RunPlainPodAsync();

        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => CreateAsync(pod, Container(pod, "true").With(config => config.Mounts.Add(
                new Mount { HostPath = host, ContainerPath = container }))),
            field);
    }

    private ContainerConfig WithMount(Pod pod, Mount mount, params string[] command)
    {
        mount.ContainerPath = "/volume";
        if (mount.HostPath.Length == 0)
            mount.HostPath = _volume;
        return Container(pod, command).With(config => config.Mounts.Add(mount));
    }

    /// <summary>Mount propagation needs a shared mount, which the root of this machine may not be.</summary>
    private async Task ShareAsync()
    {
        await Command.OutputAsync("mount", "--bind", _volume, _volume);
        await Command.OutputAsync("mount", "--make-shared", _volume);
    }

    private Task UnshareAsync() => HostMount.RemoveAsync("--recursive", _volume);
}
