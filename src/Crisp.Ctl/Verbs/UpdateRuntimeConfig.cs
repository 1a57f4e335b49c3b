using Crisp.Ctl.CommandLine;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class UpdateRuntimeConfig : Verb
{
    internal override string Name => "update-runtime-config";

    internal override string Summary => "Tell the runtime the addresses of the node's pods";

    internal override IReadOnlyList<Flag> Flags { get; } =
        [Flag.Text("pod-cidr", null, "The range of the pods' addresses, such as 10.85.0.0/16; empty is none")];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        call.Expect(0, 0, "");
        var runtime = await call.RuntimeAsync(ct);
        var request = new UpdateRuntimeConfigRequest
        {
            RuntimeConfig = new RuntimeConfig
            {
                NetworkConfig = new NetworkConfig { PodCidr = call.Flags.Text("pod-cidr") }
            },
        };
        await call.CallAsync("UpdateRuntimeConfig", options => runtime.UpdateRuntimeConfigAsync(request, options), ct);
        return 0;
    }
}
