using Grpc.Core;

namespace Crisp.Node.Tests.Containers;

/// <summary>Capabilities, privilege, read-only and masked parts of the file system, no_new_privs.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class SecurityTests(string runtime) : NodeFixture(runtime)
{
    private const ulong NetRaw = 1UL << 13;
    private const ulong SysTime = 1UL << 25;
    private const ulong Chown = 1UL << 0;

    [Test]
    public async Task Capabilities_AreTheDefaultOnes()
    {
        ulong effective = await EffectiveAsync(_ => { });

        Assert.That(effective & Chown, Is.Not.Zero);
        Assert.That(effective & SysTime, Is.Zero);
    }

    [TestCase("SYS_TIME")]
    [TestCase("CAP_SYS_TIME")]
    public async Task Capabilities_Added_WithOrWithoutPrefix(string name) =>
        Assert.That(
            await EffectiveAsync(
                security => security.Capabilities = new Capability { AddCapabilities = { name } }) & SysTime,
            Is.Not.Zero);

    [Test]
    public async Task Capabilities_AllDropped_ThenOneAdded() =>
        Assert.That(
            await EffectiveAsync(security => security.Capabilities =
                new Capability { DropCapabilities = { "ALL" }, AddCapabilities = { "NET_RAW" } }),
            Is.EqualTo(NetRaw));

    [Test]
    public async Task Capabilities_All_AreThoseOfTheNode() =>
        Assert.That(
            await EffectiveAsync(security => security.Capabilities = new Capability { AddCapabilities = { "ALL" } }),
            Is.EqualTo(OfThisNode()));

    [Test]
    public async Task Capabilities_AllButOne_InAnySpelling() =>
        Assert.That(
            await EffectiveAsync(security => security.Capabilities =
                new Capability { AddCapabilities = { "all" }, DropCapabilities = { "cap_net_raw" } }),
            Is.EqualTo(OfThisNode() & ~NetRaw));

    [Test]
    public async Task Capabilities_Ambient_AreKeptByAUserThatIsNotRoot()
    {
        const string Sets = "grep -E '^Cap(Inh|Prm|Eff|Amb)' /proc/self/status | cut -f2";
        Pod pod = await RunPlainPodAsync();
        ContainerConfig Of(params string[] ambient) => Container(pod, "sh", "-c", Sets).With(config =>
        {
            config.Linux.SecurityContext.RunAsUser = new Int64Value { Value = 1000 };
            config.Linux.SecurityContext.Capabilities = new Capability { AddAmbientCapabilities = { ambient } };
        });

        Assert.That((await PrintedAsync(pod, Of("NET_RAW"))).Split('\n'), Has.All.EqualTo($"{NetRaw:x16}"));
        Assert.That((await PrintedAsync(pod, Of())).Split('\n'), Has.All.EqualTo($"{0:x16}"));
    }

    [Test]
    public async Task Capabilities_Unknown_AreRefusedByName()
    {
        Pod pod = await RunPlainPodAsync();

        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => CreateAsync(pod, Container(pod, "true").With(config =>
                config.Linux.SecurityContext.Capabilities = new Capability { AddCapabilities = { "FLY" } })),
            "FLY");
    }

    [Test]
    public async Task Privileged_HasAllCapabilities_Devices_AndAWritableSys()
    {
        Pod pod = await RunPlainPodAsync(config => config.Linux.SecurityContext.Privileged = true);
        ContainerConfig container = Container(
            pod, "sh", "-c",
            "grep CapEff /proc/self/status; ls /dev; grep ' /sys ' /proc/mounts; grep ' /proc' /proc/mounts;"
                + " echo 1 >/proc/sys/kernel/shm_rmid_forced && cat /proc/sys/kernel/shm_rmid_forced");
        container.Linux.SecurityContext.Privileged = true;

        string printed = await PrintedAsync(pod, container);

        Assert.Multiple(() =>
        {
            Assert.That(printed, Does.Contain($"{OfThisNode():x16}"));
            Assert.That(printed, Does.Contain("kmsg").Or.Contain("loop-control").Or.Contain("fuse"));
            Assert.That(printed, Does.Match(@"/sys sysfs rw"));
            Assert.That(printed, Does.Not.Contain(" /proc/"), "nothing is masked, whatever the request says");
            Assert.That(printed, Does.EndWith("\n1"), "/proc is writable");
        });
    }

    [Test]
    public async Task Privileged_EphemeralContainer_InAPodThatBecamePrivilegedByIt()
    {
        Pod pod = await RunPlainPodAsync();
        // as kubelet computes it once `kubectl debug --profile=sysadmin` was used
        PodSandboxConfig today = pod.Config.Clone();
        today.Linux.SecurityContext.Privileged = true;
        ContainerConfig debugger = Container(pod, "sleep", "1000").With(
            config => config.Linux.SecurityContext.Privileged = true);

        string id = await Cri.RunAsync(pod.Id, debugger, today);

        Assert.That(await Cri.OutputAsync(id, "sh", "-c", "test -w /sys && echo writable"), Is.EqualTo("writable"));
    }

    [Test]
    public async Task Privileged_InAPodThatIsNot_IsRefused()
    {
        Pod pod = await RunPlainPodAsync();

        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => CreateAsync(
                pod, Container(pod, "true").With(config => config.Linux.SecurityContext.Privileged = true)),
            "privileged");
    }

    [Test]
    public async Task RootFileSystem_ReadOnly()
    {
        Pod pod = await RunPlainPodAsync();

        string printed = await PrintedAsync(
            pod, Container(pod, "sh", "-c", "touch /new 2>&1; touch /dev/shm/works && echo shm")
                .With(config => config.Linux.SecurityContext.ReadonlyRootfs = true));

        Assert.That(printed, Does.Contain("Read-only file system"));
        Assert.That(printed, Does.EndWith("shm"));
    }

    [Test]
    public async Task MaskedAndReadOnlyPaths_AreKept()
    {
        Pod pod = await RunPlainPodAsync();

        string printed = await PrintedAsync(
            pod, "sh", "-c",
            "cat /proc/interrupts | wc -c; ls /sys/firmware | wc -l; echo x 2>&1 >/proc/sys/kernel/hostname || true");

        Assert.That(printed, Does.StartWith("0\n0\n"), "empty on every host, and on none without a mask");
        Assert.That(printed, Does.Contain("Read-only file system"));
    }

    [Test]
    public async Task MaskedAndReadOnlyPaths_OfTheRequest()
    {
        Pod pod = await RunPlainPodAsync();

        string printed = await PrintedAsync(
            pod, Container(
                    pod, "sh", "-c",
                    "ls /data | wc -l; wc -c </etc/group; touch /srv/new 2>&1; touch /tmp/new && echo beside")
                .With(config =>
                {
                    config.Linux.SecurityContext.MaskedPaths.Add(["/data", "/etc/group", "/not/there"]);
                    config.Linux.SecurityContext.ReadonlyPaths.Add(["/srv", "/not/there"]);
                }));

        Assert.That(printed, Does.StartWith("0\n0\n").And.Contain("Read-only file system").And.EndWith("beside"));
    }

    /// <summary>procMount: Unmasked comes as two empty lists.</summary>
    [Test]
    public async Task ProcMount_Unmasked_HidesNothing()
    {
        Pod pod = await RunPlainPodAsync();

        string printed = await PrintedAsync(
            pod,
            Container(pod, "sh", "-c", "wc -c </proc/interrupts; grep -c ' /proc/' /proc/mounts || true").With(config =>
            {
                config.Linux.SecurityContext.MaskedPaths.Clear();
                config.Linux.SecurityContext.ReadonlyPaths.Clear();
            }));

        Assert.That(int.Parse(printed.Split('\n')[0]), Is.GreaterThan(0));
        Assert.That(printed, Does.EndWith("\n0"), "no mount of any path of /proc");
    }

    [Test]
    public async Task NoNewPrivileges_AsAsked([Values] bool asked)
    {
        Pod pod = await RunPlainPodAsync();

        string printed = await PrintedAsync(
            pod, Container(pod, "sh", "-c", "grep NoNewPrivs /proc/self/status | tr -d '\\t'")
                .With(config => config.Linux.SecurityContext.NoNewPrivs = asked));

        Assert.That(printed, Is.EqualTo($"NoNewPrivs:{(asked ? 1 : 0)}"));
    }

    [Test]
    public async Task Seccomp_Unconfined_HasNoFilter()
    {
        Pod pod = await RunPlainPodAsync();

        Assert.That(
            await PrintedAsync(pod, "sh", "-c", "grep '^Seccomp:' /proc/self/status | tr -d '\\t'"),
            Is.EqualTo("Seccomp:0"));
    }

    private async Task<ulong> EffectiveAsync(Action<LinuxContainerSecurityContext> change)
    {
        Pod pod = await RunPlainPodAsync();
        ContainerConfig container = Container(pod, "sh", "-c", "grep CapEff /proc/self/status | tr -d '\\t'");
        change(container.Linux.SecurityContext);
        return Convert.ToUInt64((await PrintedAsync(pod, container))["CapEff:".Length..], 16);
    }

    private static ulong OfThisNode() => Convert.ToUInt64(
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith("CapBnd:", StringComparison.Ordinal))[8..],
        16);
}
