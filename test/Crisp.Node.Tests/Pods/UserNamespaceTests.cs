using Grpc.Core;

namespace Crisp.Node.Tests.Pods;

/// <summary>
/// Pods with a user namespace of their own (hostUsers: false): who they are inside and on the node, and who owns what.
/// Only crun maps the owners of mounts on Debian 12; that runc's pods are refused is in UserNamespaceSupportTests.
/// </summary>
[TestFixture("crun")]
public class UserNamespaceTests(string runtime) : NodeFixture(runtime)
{
    private const uint First = 1_700_000_000;
    private const uint Count = 65_536;

    [Test]
    public async Task RootInside_IsNobodyOfTheNode()
    {
        Pod pod = await RunMappedPodAsync();
        string id = await RunSleeperAsync(pod);

        Assert.That(await Cri.OutputAsync(id, "sh", "-c", "echo $(cat /proc/self/uid_map /proc/self/gid_map)"),
            Is.EqualTo($"0 {First} {Count} 0 {First} {Count}"));
        Assert.That(await Cri.OutputAsync(id, "id", "-u"), Is.EqualTo("0"));
        string status = await File.ReadAllTextAsync(
            $"/proc/{await StartedProcess.ProgramRunsAsync(await Cri.PidAsync(id))}/status");
        Assert.That(status, Does.Contain($"Uid:\t{First}\t{First}"));
        Assert.That(status, Does.Contain($"Gid:\t{First}\t{First}"));
    }

    [Test]
    public async Task Namespaces_AreOwnedByIt_AndSharedByTheContainers()
    {
        Pod pod = await RunMappedPodAsync(config =>
        {
            config.Hostname = "mapped";
            config.Linux.Sysctls["net.ipv4.ip_unprivileged_port_start"] = "81";
            config.Linux.Sysctls["kernel.shm_rmid_forced"] = "1";
        });

        string[] printed = (await PrintedAsync(
            pod, "sh", "-c",
            "hostname; cat /etc/hostname /proc/sys/net/ipv4/ip_unprivileged_port_start /proc/sys/kernel/shm_rmid_forced;"
                + " ip addr add 10.99.0.1/32 dev lo && echo network; hostname other && echo uts; readlink /proc/self/ns/user; cat /sys/class/net/lo/operstate")).Split('\n');
        string user = await PrintedAsync(pod, "readlink", "/proc/self/ns/user");

        Assert.That(printed[..4], Is.EqualTo(new[] { "mapped", "mapped", "81", "1" }));
        Assert.That(user, Is.EqualTo(printed[^2]));
        Assert.That(user, Is.Not.EqualTo(new FileInfo("/proc/self/ns/user").LinkTarget));
    }

    [Test]
    public async Task FilesOfTheImageAndOfVolumes_HaveTheirOwners()
    {
        string volume = Directory.CreateDirectory(Path.Combine(Node.Directory, "mapped-volume")).FullName;
        try
        {
            await File.WriteAllTextAsync($"{volume}/of-root", "");
            Pod pod = await RunMappedPodAsync();
            string printed = await PrintedAsync(pod, Container(
                pod, "sh", "-c",
                "stat -c '%u:%g %n' / /bin/busybox /etc/resolv.conf /etc/hostname /dev/shm /volume/of-root;"
                    + " echo x >/made; stat -c '%u:%g' /made; echo x >/volume/made; echo x >/dev/shm/made && echo y >/bin/new && rm /bin/new && echo written")
                .With(container =>
                {
                    Mount mount = new() { HostPath = volume, ContainerPath = "/volume" };
                    mount.UidMappings.Add(Mapping());
                    mount.GidMappings.Add(Mapping());
                    container.Mounts.Add(mount);
                }));

            Assert.That(printed.Split('\n'), Is.EqualTo(new[]
            {
                "0:0 /", "0:0 /bin/busybox", "0:0 /etc/resolv.conf", "0:0 /etc/hostname", "0:0 /dev/shm",
                "0:0 /volume/of-root", "0:0", "written",
            }));
            Assert.That((await Command.OutputAsync("stat", "-c", "%u", $"{volume}/made")).Trim(),
                Is.EqualTo("0"), "the volume's files are as without");
        }
        finally
        {
            Directory.Delete(volume, recursive: true);
        }
    }

    [Test]
    public async Task WritableLayer_BelongsToTheNodesIds_AndIsClosedToOthers()
    {
        Pod pod = await RunMappedPodAsync();
        string id = await RunSleeperAsync(pod);
        await Cri.OutputAsync(id, "sh", "-c", "echo x >/made");
        string directory = Path.Combine(Node.StateRoot, "containers", id);

        Assert.That((await Command.OutputAsync("stat", "-c", "%u:%g", $"{directory}/diff/made")).Trim(),
            Is.EqualTo($"{First}:{First}"));
        Assert.That(
            (await Command.OutputAsync("stat", "-c", "%a %u:%g", directory)).Trim(), Is.EqualTo($"710 0:{First}"));
        Assert.That(
            File.ReadLines("/proc/self/mountinfo").Select(line => line.Split(' ')[4]),
            Does.Contain($"{directory}/merged").And.Not.Contain($"{directory}/mapped"),
            "the way to the layers is shut again");
    }

    [Test]
    public async Task Daemon_Restarted_ThePodGoesOn()
    {
        Pod pod = await RunMappedPodAsync(config => config.WithSharedProcesses());
        string id = await RunSleeperAsync(pod);

        await Node.RestartDaemonAsync();

        Assert.That((await Cri.PodAsync(pod.Id)).State, Is.EqualTo(PodSandboxState.SandboxReady));
        Assert.That(await Cri.OutputAsync(id, "id", "-u"), Is.EqualTo("0"));
        Assert.That(
            await PrintedAsync(pod, ContainerRequest.Named(pod.Config, "later", Busybox, "ps")), Does.Contain("pause"));
        Assert.That(
            (await Cri.PodAsync(pod.Id)).Linux.Namespaces.Options.UsernsOptions.Uids[0].HostId, Is.EqualTo(First));
    }

    [Test]
    public async Task OnTheNodesNetwork_ItSeesThat_AndCanChangeNothingOfIt()
    {
        Pod pod = await RunMappedPodAsync(config =>
        {
            config.OnNodeNetwork();
            config.Hostname = Environment.MachineName;
            config.Linux.Sysctls["kernel.shm_rmid_forced"] = "1";
        });

        string[] printed = (await PrintedAsync(pod, Container(pod, "sh", "-c", """
            id -u
            readlink /proc/self/ns/net
            hostname
            ls /sys/class/net | grep -x lo
            cat /proc/sys/kernel/shm_rmid_forced
            ip addr add 10.99.0.1/32 dev lo || echo not the network
            hostname other || echo not the name
            echo 1 >/sys/kernel/profiling || echo not sys
            mount -o remount,bind,rw /sys; echo 1 >/sys/kernel/profiling || echo nor as its root
            """).With(container => container.Linux.SecurityContext.Capabilities = new Capability
        {
            AddCapabilities = { "ALL" },
        }))).Split('\n');

        Assert.That(printed[..3], Is.EqualTo(new[]
        {
            "0", new FileInfo("/proc/self/ns/net").LinkTarget!, Environment.MachineName,
        }));
        Assert.That(printed[3..], Is.EqualTo(new[]
        {
            "lo", "1", "not the network", "not the name", "not sys", "nor as its root",
        }));
        Assert.That((await Cri.PodAsync(pod.Id)).Linux.Namespaces.Options.Network, Is.EqualTo(NamespaceMode.Node));
    }

    /// <summary>In such a pod the runtime mounts devices, too: over what was asked for at the same place.</summary>
    [TestCase("/dev/urandom", "/dev/random")]
    [TestCase("/dev/zero", "/dev/kmsg")]
    [TestCase("/dev/null", "/dev/null")]
    public async Task MountInThePlaceOfADevice_IsNoRefusal(string source, string target)
    {
        Pod pod = await RunMappedPodAsync();
        ContainerConfig container = Container(pod, "stat", "-c", "%F", target).With(config =>
        {
            config.Devices.Add(new Device { HostPath = "/dev/kmsg", ContainerPath = "/dev/kmsg", Permissions = "r" });
            config.Mounts.Add(new Mount { HostPath = source, ContainerPath = target });
        });

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo("character special file"));
    }

    [Test]
    public async Task Device_UnderAnotherPath_IsTheOneThatWasAskedFor()
    {
        Pod pod = await RunMappedPodAsync();
        ContainerConfig container = Container(
            pod, "sh", "-c", "head -c 3 /dev/of-the-pod | wc -c; stat -c %t:%T /dev/of-the-pod").With(config =>
                config.Devices.Add(
                    new Device { HostPath = "/dev/zero", ContainerPath = "/dev/of-the-pod", Permissions = "rw" }));

        Assert.That(await PrintedAsync(pod, container), Is.EqualTo("3\n1:5"));
    }

    /// <summary>CVE-2025-47291: such containers lay outside of their pod's cgroup, and of its limits.</summary>
    [Test]
    public async Task Processes_AreInThePodsCgroup()
    {
        Pod pod = await RunMappedPodAsync();
        string id = await RunSleeperAsync(pod);

        string[] groups = [.. (await File.ReadAllLinesAsync($"/proc/{await Cri.PidAsync(id)}/cgroup"))
            .Select(line => line.Split(':', 3)).Where(parts => Containers.ContainerCgroup.IsUnified
                ? parts[1].Length == 0
                : parts[1] is "memory" or "pids").Select(parts => parts[2])];

        Assert.That(groups, Is.Not.Empty);
        Assert.That(groups, Has.All.EndsWith($"{pod.Config.Linux.CgroupParent}/crio-{id}"));
    }

    [Test]
    public async Task UserBeyondTheMapping_IsRefused()
    {
        Pod pod = await RunMappedPodAsync();
        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => CreateAsync(pod, Container(pod, "true")
                .With(container => container.Linux.SecurityContext.RunAsUser = new() { Value = Count })),
            "run_as_user", $"{Count}");
    }

    private Task<Pod> RunMappedPodAsync(Action<PodSandboxConfig>? change = null) => RunPodAsync(pod =>
    {
        pod.WithOwnUsers(First, Count);
        change?.Invoke(pod);
    });

    private static IDMapping Mapping() => new() { ContainerId = 0, HostId = First, Length = Count };
}
