using Crisp.Grpc.Client;
using Crisp.Testing.Images;

namespace Crisp.Node.Tests.Packaging;

/// <summary>
/// The package on a fresh Debian, without .NET: installed by dpkg, served by the unit's own command line with the
/// packaged configuration, and removed without a trace.
/// </summary>
[TestFixture]
public class DebianPackageTests
{
    private string _root = "";
    private DaemonProcess? _daemon;

    private static NodeSlot Slot => NodeRun.Slot;

    [OneTimeSetUp]
    public async Task InstallAsync()
    {
        // In a node's directory, so that what it leaves is found and cleared like a node's.
        await Leftovers.ClearAsync(Slot);
        _root = Path.Combine(Slot.Directory, "node", "debian");
        Directory.CreateDirectory(Path.GetDirectoryName(_root)!);
        await Command.OutputAsync(
            Path.Combine(Repository.Root, "test", "fresh-debian.sh"),
            _root, "crun", "containernetworking-plugins", "iptables", "libssl3", "libzstd1");

        var package = Directory.GetFiles(Path.Combine(Repository.Root, "out"), "crisp_*.deb").Single();
        File.Copy(package, Path.Combine(_root, "crisp.deb"));
        await InRootAsync("dpkg", "-i", "/crisp.deb");
        await ConfigureAsync();
    }

    [TearDown]
    public void ShowLog() => TestContext.Out.WriteLine(_daemon?.Log);

    [OneTimeTearDown]
    public async Task ClearAsync()
    {
        if (_daemon is { HasEnded: false })
            await _daemon.StopAsync();
        await Leftovers.ClearAsync(Slot);
    }

    [Test, Order(1)]
    public async Task Installed_IsComplete()
    {
        Assert.That(await InRootAsync("dpkg", "-s", "crisp"), Does.Contain("Status: install ok installed"));
        Assert.That(await InRootAsync("crisp", "--version"), Does.Contain("0.1.0"));
        Assert.That(await InRootAsync("crispctl", "--version"), Is.Not.Empty);
        Assert.That(Path.Exists(Path.Combine(_root, "usr/bin/dotnet")), Is.False);
        Assert.That(
            await File.ReadAllTextAsync(Path.Combine(_root, "usr/share/crisp/seccomp.json")),
            Is.EqualTo(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "packaging/seccomp.json"))));
    }

    [Test, Order(2)]
    public async Task Served_ItRunsAPod()
    {
        _daemon = await StartAsync();
        using var channel = new UnixSocketChannel(Path.Combine(_root, "run/crisp/crisp.sock"));
        var cri = new CriCalls(channel.CreateCallInvoker());
        var pod = new PodSandboxConfig
        {
            Metadata = new PodSandboxMetadata { Name = "packaged", Namespace = "tests", Uid = "packaged" },
            LogDirectory = "/var/log/pods/packaged",
            Linux = new LinuxPodSandboxConfig { CgroupParent = $"/{Slot.Prefix}/packaged" },
        };

        Assert.That(await cri.PullAsync(NodeRun.Busybox), Is.EqualTo(StandardImages.Busybox.Id));
        var podId = await cri.RunPodAsync(pod);
        var id = await cri.RunAsync(podId, ContainerRequest.Of(
            PodRequest.Of(Slot, "/var/log/pods"), NodeRun.Busybox, "sh", "-c", "echo from a package; exec sleep 1000"),
            pod);

        Assert.That((await cri.PodAsync(podId)).Network.Ip, Does.StartWith(Slot.Subnet4.Split(".0.0/")[0]));
        Assert.That(await cri.OutputAsync(id, "cat", "/data/kept"), Is.EqualTo("from layer 2"));
        var log = new Testing.Logs.LogFile(_root + (await cri.ContainerAsync(id)).LogPath);
        await log.WaitForAsync("from a package");
        await cri.StopPodAsync(podId);
        await cri.RemovePodAsync(podId);
        await cri.RemoveImageAsync(NodeRun.Busybox);
        Assert.That(await _daemon.StopAsync(), Is.Zero);
        Assert.That(_daemon.Log.Errors, Is.Empty);
    }

    /// <summary>A container's root is still mounted.</summary>
    [Test, Order(3)]
    public async Task PurgedUnderAContainer_ItKeepsTheFiles_AndSaysSo()
    {
        var root = Path.Combine(_root, "var/lib/crisp/containers/running/merged");
        Directory.CreateDirectory(root);
        var script = $"""
            mount -t proc proc {_root}/proc
            mount -t tmpfs none {root}
            chroot {_root} dpkg --remove crisp
            chroot {_root} dpkg --purge crisp
            """;

        var result = await Command.RunAsync("unshare", "--mount", "--propagation", "private", "sh", "-euc", script);

        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        Assert.That(result.Errors, Does.Contain("its containers run on").And.Contain("/var/lib/crisp stays"));
        Assert.That(Directory.Exists(root), Is.True);
        await InRootAsync("dpkg", "-i", "/crisp.deb");
    }

    [Test, Order(4)]
    public async Task Purged_ItIsGone()
    {
        await InRootAsync("dpkg", "--purge", "crisp");

        string[] left = ["usr/bin/crisp",
            "usr/bin/crispctl", "usr/libexec/crisp", "etc/crisp/crisp.conf", "var/lib/crisp"];
        Assert.That(left.Where(path => Path.Exists(Path.Combine(_root, path))), Is.Empty);
    }

    /// <summary>
    /// What an administrator adds: the registry of this test, and the CNI example under addresses of its own.
    /// </summary>
    private async Task ConfigureAsync()
    {
        var dropIns = Directory.CreateDirectory(Path.Combine(_root, "etc/crisp/crisp.conf.d")).FullName;
        await File.WriteAllTextAsync(Path.Combine(dropIns, "test.conf"), $"""
            [crio.image]
            insecure_registries = ["{NodeRun.Registry.Address}"]
            """);
        var example = Path.Combine(_root, "etc/cni/net.d/10-crisp-bridge.conflist.disabled");
        var network = (await File.ReadAllTextAsync(example))
            .Replace("\"crisp\"", $"\"{Slot.NetworkName}\"", StringComparison.Ordinal)
            .Replace("cni0", Slot.Bridge, StringComparison.Ordinal)
            .Replace("10.85.0.0/16", Slot.Subnet4, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_root, "etc/cni/net.d/10-test.conflist"), network);
    }

    /// <summary>
    /// The unit's own command line in the fresh system, which gets a kernel to look at. It becomes the root of its
    /// mount namespace: inside a mere chroot no OCI runtime can exec, since joining a mount namespace leaves it.
    /// </summary>
    private async Task<DaemonProcess> StartAsync()
    {
        var unit = await File.ReadAllTextAsync(Path.Combine(_root, "lib/systemd/system/crisp.service"));
        var command = unit.Split('\n')
            .Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal))["ExecStart=".Length..];
        var script = $"""
            mount --bind {_root} {_root}
            mount -t proc proc {_root}/proc
            mount --rbind /sys {_root}/sys
            mount --rbind /dev {_root}/dev
            cd {_root}
            pivot_root . mnt
            exec chroot . {command}
            """;
        return await DaemonProcess.StartAsync(
            ["unshare", "--mount", "--propagation", "private", "sh", "-euc", script],
            Path.Combine(_root, "run/notify.sock"), "/run/notify.sock");
    }

    private Task<string> InRootAsync(params string[] command) => Command.OutputAsync("chroot", [_root, .. command]);
}
