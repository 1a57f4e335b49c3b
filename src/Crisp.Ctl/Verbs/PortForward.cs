using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Streaming;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

/// <summary>Ends with Ctrl-C, which is success, or with the pod.</summary>
internal sealed class PortForward : Verb
{
    internal override string Name => "port-forward";

    internal override string Summary => "Forward ports of this machine's loopback to a pod's";

    internal override string Arguments => "POD-ID [LOCAL-PORT:]PORT...";

    internal override IReadOnlyList<Flag> Flags => StreamFlags.All;

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var arguments = call.Expect(2, int.MaxValue, "the pod ID or the port");
        IReadOnlyList<ForwardedPort> ports = [.. arguments.Skip(1).Select(ForwardedPort.Parse)];
        var runtime = await call.RuntimeAsync(ct);
        var request =
            new PortForwardRequest { PodSandboxId = arguments[0], Port = { ports.Select(port => (int)port.Remote) } };
        var answer = await call.CallAsync("PortForward", options => runtime.PortForwardAsync(request, options), ct);
        var upgrade = new HttpUpgrade(Invocation.StreamUrl(answer.Url), StreamFlags.Tls(call.Flags));
        await using var forwarding = new PortForwarding(
            call.Terminal, await PortForwarding.DialAsync(StreamFlags.Transport(call.Flags), upgrade, ct));
        try
        {
            await forwarding.RunAsync(ports, ct);
            return 0;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return 0;
        }
    }
}
