using Grpc.Core;

namespace Crisp.Node.Tests.Pods;

/// <summary>Kernel parameters of a pod: only those of a namespace that is the pod's own.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class PodSysctlTests(string runtime) : NodeFixture(runtime)
{
    [Test]
    public async Task NamespacedParameters_AreSet()
    {
        Pod pod = await RunPodAsync(config =>
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
}
