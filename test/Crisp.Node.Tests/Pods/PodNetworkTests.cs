using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Crisp.Node.Tests.Pods;

/// <summary>The pod's network as its containers, its neighbours and the node see it.</summary>
[TestFixture("crun")]
[TestFixture("runc")]
public class PodNetworkTests(string runtime) : NodeFixture(runtime)
{
    /// <summary>The bridge's.</summary>
    private string NodeAddress => Node.Slot.Subnet4.Replace(".0.0/16", ".0.1", StringComparison.Ordinal);

    [Test]
    public async Task Address_IsTheOneOnEth0_AndLoopbackIsUp()
    {
        var pod = await RunPodAsync();

        var printed = await PrintedAsync(pod, "ip", "addr");

        Assert.That(printed, Does.Contain($"inet {(await Cri.PodAsync(pod.Id)).Network.Ip}/16"));
        Assert.That(printed, Does.Match("lo: <LOOPBACK,UP"));
        Assert.That(printed, Does.Contain("inet 127.0.0.1/8"));
    }

    [Test]
    public async Task Server_IsReachedFromTheNodeAndFromAnotherPod()
    {
        var server = await RunPodAsync();
        await RunServerAsync(server);
        var address = (await Cri.PodAsync(server.Id)).Network.Ip;

        Assert.That(await FetchAsync($"http://{address}:8080/page"), Is.EqualTo("served\n"));
        var client = await RunPodAsync();
        Assert.That(
            await PrintedAsync(client, "wget", "-q", "-O", "-", $"http://{address}:8080/page"), Is.EqualTo("served"));
    }

    [Test]
    public async Task HostPort_IsReachedThroughLoopbackAndTheNodesAddress_UntilThePodStops()
    {
        int port = TestPort.Take();
        var pod = await RunPodAsync(config => config.PortMappings.Add(
            new PortMapping { Protocol = Protocol.Tcp, ContainerPort = 8080, HostPort = port }));
        await RunServerAsync(pod);
        string[] nodeAddresses = ["127.0.0.1", NodeAddress];

        foreach (var address in nodeAddresses)
            Assert.That(await FetchAsync($"http://{address}:{port}/page"), Is.EqualTo("served\n"), address);
        await Cri.StopPodAsync(pod.Id);
        Assert.That(async () => await ConnectAsync("127.0.0.1", port), Throws.InstanceOf<SocketException>());
    }

    [Test]
    public async Task HostPort_WithAHostAddress_ListensThereOnly()
    {
        int port = TestPort.Take();
        var pod = await RunPodAsync(config => config.PortMappings.Add(
            new PortMapping { Protocol = Protocol.Tcp, ContainerPort = 8080, HostPort = port, HostIp = "127.0.0.1" }));
        await RunServerAsync(pod);

        Assert.That(await FetchAsync($"http://127.0.0.1:{port}/page"), Is.EqualTo("served\n"));
        Assert.That(async () => await ConnectAsync(NodeAddress, port), Throws.InstanceOf<SocketException>());
    }

    [Test]
    public async Task HostPort_Udp_IsReached()
    {
        int port = TestPort.Take();
        var pod = await RunPodAsync(config => config.PortMappings.Add(
            new PortMapping { Protocol = Protocol.Udp, ContainerPort = 5353, HostPort = port }));

        using UdpClient client = new(new IPEndPoint(IPAddress.Any, 0));
        await SendUntilReceivedAsync(client, port, ReceiveInPodAsync());
        await SendUntilReceivedAsync(client, port, ReceiveInPodAsync(), IPAddress.Parse(NodeAddress));
    }

    /// <summary>
    /// A client that goes on sending from its own port keeps the kernel's memory of where it was led to: without the
    /// rules that memory alone would lead it on.
    /// </summary>
    [Test]
    public async Task HostPort_Udp_IsReleasedWhenThePodStops_ForAProgramOfTheNodeAndForAnotherPod()
    {
        int port = TestPort.Take();
        PortMapping mapping = new() { Protocol = Protocol.Udp, ContainerPort = 5353, HostPort = port };
        using UdpClient client = new(new IPEndPoint(IPAddress.Loopback, 0));
        Pod first = await RunPodAsync(config => config.PortMappings.Add(mapping));
        await SendUntilReceivedAsync(client, port, ReceiveInPodAsync());

        await Cri.StopPodAsync(first.Id);

        Assert.That(await Command.OutputAsync("iptables-save"), Does.Not.Match($@"\b{port}\b"));
        Assert.That(await RememberedFlowsAsync(port), Is.Empty);
        using (UdpClient program = new(new IPEndPoint(IPAddress.Loopback, port)))
            await SendUntilReceivedAsync(client, port, ReceiveAsync(program));
        await RunPodAsync(config => config.PortMappings.Add(mapping));
        await SendUntilReceivedAsync(client, port, ReceiveInPodAsync());
    }

    [Test]
    public async Task PortMapping_WithoutHostPort_MapsNothing()
    {
        var pod = await RunPodAsync(config => config.PortMappings.Add(
            new PortMapping { Protocol = Protocol.Tcp, ContainerPort = 8080 }));

        Assert.That((await Cri.PodAsync(pod.Id)).State, Is.EqualTo(PodSandboxState.SandboxReady));
    }

    [Test]
    public async Task DualStack_GivesBothAddresses()
    {
        await Node.Network.ConfigureDualStackAsync();
        try
        {
            // The daemon notices the new file by itself; until then pods get one address.
            Pod pod = null!;
            var network = await Eventually.GetAsync("a pod with two addresses", async () =>
            {
                pod = await RunPodAsync();
                return (await Cri.PodAsync(pod.Id)).Network;
            }, status => status.AdditionalIps.Count == 1);

            Assert.Multiple(() =>
            {
                Assert.That(IPAddress.Parse(network.Ip).AddressFamily, Is.EqualTo(AddressFamily.InterNetwork));
                Assert.That(
                    IPAddress.Parse(network.AdditionalIps[0].Ip).AddressFamily,
                    Is.EqualTo(AddressFamily.InterNetworkV6));
            });
            Assert.That(await PrintedAsync(pod, "ip", "addr"), Does.Contain(network.AdditionalIps[0].Ip));
        }
        finally
        {
            await Node.RemoveAllPodsAsync();
            await Node.Network.ConfigureAsync();
        }
    }

    private async Task RunServerAsync(Pod pod)
    {
        var container = await RunAsync(
            pod, "sh", "-c", "mkdir /www; echo served >/www/page; httpd -p 8080 -h /www; echo up; exec sleep 1000");
        await (await Cri.LogAsync(container)).WaitForAsync("up");
    }

    /// <summary>
    /// One datagram at port 5353 of the only pod: busybox has no server for them; node.js in the pod's network has.
    /// </summary>
    private Task<string> ReceiveInPodAsync() => Command.OutputAsync(
        "nsenter", $"--net={Directory.GetFiles(Node.NetNsDirectory).Single()}", "node", "-e",
        "require('dgram').createSocket('udp4')"
            + ".on('message', m => { process.stdout.write(`${m}`); process.exit() }).bind(5353)");

    /// <summary>None on a kernel that does not list them (CONFIG_NF_CONNTRACK_PROCFS).</summary>
    private static async Task<string[]> RememberedFlowsAsync(int port) => File.Exists("/proc/net/nf_conntrack")
        ? [.. (await File.ReadAllLinesAsync("/proc/net/nf_conntrack"))
            .Where(flow => flow.Contains($"dport={port} ", StringComparison.Ordinal))]
        : [];

    private static async Task<string> ReceiveAsync(UdpClient server) =>
        Encoding.UTF8.GetString((await server.ReceiveAsync()).Buffer);

    private static async Task SendUntilReceivedAsync(
        UdpClient client, int port, Task<string> received, IPAddress? to = null)
    {
        byte[] datagram = "over udp"u8.ToArray();
        await Eventually.GetAsync("the datagram arrived", async () =>
        {
            await client.SendAsync(datagram, new IPEndPoint(to ?? IPAddress.Loopback, port));
            return received.IsCompleted;
        }, arrived => arrived);
        Assert.That(await received, Is.EqualTo("over udp"));
    }

    private static async Task<string> FetchAsync(string url)
    {
        using var client = new HttpClient { Timeout = Eventually.Patience };
        return await client.GetStringAsync(url);
    }

    private static async Task ConnectAsync(string address, int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address, port).WaitAsync(Eventually.Patience);
    }
}
