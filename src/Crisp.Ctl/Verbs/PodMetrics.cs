using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Output;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class PodMetrics : Verb
{
    internal override string Name => "metricsp";

    internal override string Summary => "Show the metrics of pods and their containers";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Number("seconds", 's', "With --watch: seconds between one look and the next") with { Default = "1" },
        Flag.Switch("watch", 'w', "Again and again, until interrupted"),
        OutputFormat.Flag("json"),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        call.Expect(0, 0, "");
        if (OutputFormat.IsTable(call))
            throw new UsageException("metrics have too many labels for a table; --output is json or yaml");
        var runtime = await call.RuntimeAsync(ct);
        while (true)
        {
            var answer = await call.CallAsync(
                "ListPodSandboxMetrics",
                options => runtime.ListPodSandboxMetricsAsync(new ListPodSandboxMetricsRequest(), options), ct);
            await OutputFormat.WriteAsync(call, MessageJson.Of(answer));
            if (!call.Flags.Switch("watch")) return 0;
            await Task.Delay(TimeSpan.FromSeconds(call.Flags.Number("seconds")), call.Terminal.Clock, ct);
        }
    }
}
