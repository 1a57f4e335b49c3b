using Grpc.Core;

namespace Crisp.Node.Tests.Pods;

/// <summary>Kernel parameters of a pod: only those of a namespace that is the pod's own.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class PodSysctlTests(string runtime) : NodeFixture(runtime)
{
    protected override NodeOptions Options => base.Options with
    {
        RuntimeSettings = """default_sysctls = ["net.ipv4.ping_group_range=0 100", "kernel.msgmni=77", "net.ipv4.ip_forward=1"]""",
    };

    [Test]
    public async Task ConfiguredParameters_AreSet_UnlessThePodSaysOtherwise()
    {
        var pod = await RunPodAsync(config => config.Linux.Sysctls["net/ipv4/ip_forward"] = "0");

        Assert.That(
            await PrintedAsync(
                pod, "sh", "-c",
                "echo $(cat /proc/sys/net/ipv4/ping_group_range /proc/sys/kernel/msgmni /proc/sys/net/ipv4/ip_forward)"),
            Is.EqualTo("0 100 77 0"));
    }

    [Test]
    public async Task ConfiguredParameters_OfNamespacesThatAreTheNodes_AreLeftAlone()
    {
        var before = await File.ReadAllTextAsync("/proc/sys/net/ipv4/ping_group_range");
        var pod = await RunPlainPodAsync();

        Assert.That(await PrintedAsync(pod, "cat", "/proc/sys/kernel/msgmni"), Is.EqualTo("77"));
        Assert.That(await File.ReadAllTextAsync("/proc/sys/net/ipv4/ping_group_range"), Is.EqualTo(before));
    }

    [Test]
    public async Task ValueThatTheKernelRefuses_IsAnError_AndNothingIsLeft()
    {
        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => RunPodAsync(config => config.Linux.Sysctls["net.ipv4.ip_unprivileged_port_start"] = "many"),
            "ip_unprivileged_port_start");
        await LeakCheck.AssertNothingIsLeftAsync(Node);
    }

    [Test]
    public async Task NamespacedParameters_AreSet()
    {
        var pod = await RunPodAsync(config =>
        {
            config.Linux.Sysctls["net.ipv4.ip_unprivileged_port_start"] = "80";
            config.Linux.Sysctls["kernel.shm_rmid_forced"] = "1";
        });

        Assert.That(
            await PrintedAsync(
                pod, "cat", "/proc/sys/net/ipv4/ip_unprivileged_port_start", "/proc/sys/kernel/shm_rmid_forced"),
            Is.EqualTo("80\n1"));
    }

    [Test]
    public async Task ParametersOfTheNode_AreRefused(
        [Values("vm.swappiness", "kernel.sysrq", "fs.file-max", "../net/ipv4/ip_forward")] string name)
    {
        await Refused.WithAsync(
            StatusCode.InvalidArgument, () => RunPodAsync(config => config.Linux.Sysctls[name] = "1"), name);
        await LeakCheck.AssertNothingIsLeftAsync(Node);
    }

    [Test]
    public async Task NetworkParameters_OnTheNodesNetwork_AreRefused() =>
        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => RunPlainPodAsync(config => config.Linux.Sysctls["net.ipv4.ip_forward"] = "1"),
            "net.ipv4.ip_forward");

    [Test]
    public async Task IpcParameters_WithTheNodesIpc_AreRefused()
    {
        string before = await File.ReadAllTextAsync("/proc/sys/kernel/msgmax");

        await Refused.WithAsync(
            StatusCode.InvalidArgument,
            () => RunPodAsync(config =>
            {
                config.Linux.SecurityContext.NamespaceOptions.Ipc = NamespaceMode.Node;
                config.Linux.Sysctls["kernel.msgmax"] = "8195";
            }),
            "kernel.msgmax");

        Assert.That(await File.ReadAllTextAsync("/proc/sys/kernel/msgmax"), Is.EqualTo(before));
        await LeakCheck.AssertNothingIsLeftAsync(Node);
    }
}
