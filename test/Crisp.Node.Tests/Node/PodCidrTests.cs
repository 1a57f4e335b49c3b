using Crisp.Grpc.Client;
using Crisp.Node.Tests.Generations;
using Grpc.Core;

namespace Crisp.Node.Tests.Node;

/// <summary>
/// UpdateRuntimeConfig: the pod CIDR that kubelet tells becomes a network, where there is a template for it.
/// </summary>
[TestFixture("runc")]
public class PodCidrTests(string runtime) : NodeFixture(runtime)
{
    private static string Template => Path.Combine(NodeRun.Slot.Directory, "cni-template");

    /// <summary>What the daemon makes of it.</summary>
    private string Made => Path.Combine(Node.Network.ConfigurationDirectory, "10-crisp-net.conflist");

    protected override NodeOptions Options => base.Options with { HouseSettings = $"cni_template = \"{Template}\"" };

    protected override Task PrepareAsync() => File.WriteAllTextAsync(Template, $$$"""
        {"cniVersion": "1.0.0", "name": "from-template", "plugins": [
          {"type": "bridge", "bridge": "{{{NodeRun.Slot.Bridge}}}", "isGateway": true,
           "ipam": {"type": "host-local", "dataDir": "{{{NodeRun.Slot.Directory}}}/cidr-leases", "ranges": {{.PodCIDRRanges}}, "routes": {{.Routes}} } } ] }
        """);

    [Test]
    public async Task PodsGetAddressesOfTheRange([Values] Generation generation)
    {
        var range = Node.Slot.Subnet4[..Node.Slot.Subnet4.LastIndexOf('.')][..^1] + "77.0/24";
        Node.Network.Remove();
        File.Delete(Made);
        await Refused.ExpectAsync(() => RunPodAsync());
        await TellAsync(generation, range);

        var pod = await RunPodAsync();

        Assert.That((await Cri.PodAsync(pod.Id)).Network.Ip, Does.StartWith(range[..^"0/24".Length]));
    }

    [Test]
    public Task NoRange_IsRefused([Values] Generation generation) => Refused.WithAsync(
        StatusCode.InvalidArgument, () => TellAsync(generation, "all of them"), "pod_cidr", "all of them");

    [Test]
    public async Task NoRangeYet_IsFine([Values] Generation generation)
    {
        await TellAsync(generation, "");
        await Cri.Runtime.UpdateRuntimeConfigAsync(new UpdateRuntimeConfigRequest(), CriCalls.Options());
    }

    private async Task TellAsync(Generation generation, string podCidr)
    {
        using var channel = new UnixSocketChannel(Node.SocketPath);
        await GenerationClient.Of(generation, channel.CreateCallInvoker()).UpdateRuntimeConfigAsync(podCidr);
    }
}
