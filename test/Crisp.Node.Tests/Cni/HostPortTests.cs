namespace Crisp.Node.Tests.Cni;

/// <summary>Host ports of pods on networks whose configuration has no plugin for them.</summary>
[TestFixture("runc")]
public class HostPortTests(string runtime) : CniDoubleFixture(runtime)
{
    private const string OldPlugin = """
        cat > /dev/null
        [ "$CNI_COMMAND" != ADD ] || echo '{"cniVersion": "0.2.0", "ip4": {"ip": "10.99.0.2/24"}}'
        """;

    [Test]
    public async Task Port_IsReached_AndReleased()
    {
        Node.Network.Remove();
        await NetworkReadyAsync(false);
        await Node.Network.ConfigureWithoutPortsAsync();
        await NetworkReadyAsync(true);
        var (pod, port) = await RunPodWithPortAsync();
        var container = await RunAsync(
            pod, "sh", "-c", "mkdir /www; echo served >/www/page; httpd -p 8080 -h /www; echo up; exec sleep 1000");
        await (await Cri.LogAsync(container)).WaitForAsync("up");
        using var client = new HttpClient { Timeout = Eventually.Patience };

        Assert.That(await client.GetStringAsync($"http://127.0.0.1:{port}/page"), Is.EqualTo("served\n"));

        await Cri.StopPodAsync(pod.Id);
        Assert.That(
            async () => await client.GetStringAsync($"http://127.0.0.1:{port}/page"),
            Throws.InstanceOf<HttpRequestException>());
    }

    /// <summary>Before CNI 0.3 no plugin is told what those before it did, so that none can be added.</summary>
    [Test]
    public async Task Port_ThatLeadsNowhere_IsSaid()
    {
        await UseDoubleAsync(OldPlugin);
        await Node.Network.WriteAsync(
            $$"""{"cniVersion": "0.2.0", "name": "{{Node.Slot.NetworkName}}", "plugins": [{"type": "double"}]}""");

        var (pod, _) = await RunPodWithPortAsync();

        await Node.Daemon.Log.SaysAsync("host ports", pod.Id, "no plugin");
    }

    private async Task<(Pod Pod, int Port)> RunPodWithPortAsync()
    {
        int port = TestPort.Take();
        var pod = await RunPodAsync(config => config.PortMappings.Add(
            new PortMapping { Protocol = Protocol.Tcp, ContainerPort = 8080, HostPort = port }));
        return (pod, port);
    }
}
