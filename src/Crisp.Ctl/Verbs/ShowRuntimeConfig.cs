using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Output;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class ShowRuntimeConfig : Verb
{
    internal override string Name => "runtime-config";

    internal override string Summary => "Show what kubelet asks the runtime about its configuration: the cgroup driver";

    internal override IReadOnlyList<Flag> Flags { get; } = [OutputFormat.Flag("json")];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        call.Expect(0, 0, "");
        var runtime = await call.RuntimeAsync(ct);
        var answer = await call.CallAsync(
            "RuntimeConfig", options => runtime.RuntimeConfigAsync(new RuntimeConfigRequest(), options), ct);
        if (!OutputFormat.IsTable(call)) await OutputFormat.WriteAsync(call, MessageJson.Of(answer));
        else new Table("CGROUP DRIVER", $"{answer.Linux?.CgroupDriver.ToString().ToLowerInvariant()}").Write(call.Text);
        return 0;
    }
}
