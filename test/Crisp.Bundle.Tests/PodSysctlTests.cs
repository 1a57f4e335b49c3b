namespace Crisp.Bundle.Tests;

public class PodSysctlTests
{
    [TestCase("net.ipv4.ip_forward", "network", "net/ipv4/ip_forward")]
    [TestCase("net/ipv4/ip_forward", "network", "net/ipv4/ip_forward")]
    [TestCase("net.ipv4.conf.eth0/100.forwarding", "network", "net/ipv4/conf/eth0.100/forwarding")]
    [TestCase("kernel.shmmax", "ipc", "kernel/shmmax")]
    [TestCase("fs.mqueue.msg_max", "ipc", "fs/mqueue/msg_max")]
    [TestCase("kernel.core_pattern", null, "kernel/core_pattern")]
    [TestCase("kernel.shm", null, "kernel/shm")]
    [TestCase("vm.swappiness", null, "vm/swappiness")]
    [TestCase("network.x", null, "network/x")]
    public void NamespaceOf_And_ToPath(string key, string? kind, string path)
    {
        Assert.That(PodSysctl.NamespaceOf(key), Is.EqualTo(kind));
        Assert.That(PodSysctl.ToPath(key), Is.EqualTo(path));
    }
}
