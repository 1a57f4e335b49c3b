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

    private static readonly Dictionary<string, string> Configured = new()
    {
        ["net.ipv4.ip_forward"] = "0", ["net.ipv4.ping_group_range"] = "0 0", ["kernel.shm_rmid_forced"] = "1",
    };

    [Test]
    public void Effective_TheRequestWins_InWhateverSpelling() => Assert.That(
        PodSysctl.Effective(Configured, new() { Sysctls = { ["net/ipv4/ip_forward"] = "1" } }),
        Is.EquivalentTo(new Dictionary<string, string>
        {
            ["net/ipv4/ip_forward"] = "1", ["net/ipv4/ping_group_range"] = "0 0", ["kernel/shm_rmid_forced"] = "1",
        }));

    [TestCase(Cri.NamespaceMode.Node, Cri.NamespaceMode.Pod, ExpectedResult = "kernel/shm_rmid_forced")]
    [TestCase(Cri.NamespaceMode.Pod,
        Cri.NamespaceMode.Node, ExpectedResult = "net/ipv4/ip_forward net/ipv4/ping_group_range")]
    [TestCase(Cri.NamespaceMode.Node, Cri.NamespaceMode.Node, ExpectedResult = "")]
    public string Effective_WhatBelongsToTheNode_IsLeftAlone(Cri.NamespaceMode network, Cri.NamespaceMode ipc) =>
        string.Join(' ', PodSysctl.Effective(
            Configured, new() { SecurityContext = new() { NamespaceOptions = new() { Network = network, Ipc = ipc } } })
                .Keys);
}
