using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Output;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class MetricDescriptors : Verb
{
    internal override string Name => "metricdescs";

    internal override string Summary => "List the metrics that \"metricsp\" shows";

    internal override IReadOnlyList<Flag> Flags { get; } = [OutputFormat.Flag("json")];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        call.Expect(0, 0, "");
        var runtime = await call.RuntimeAsync(ct);
        var answer = await call.CallAsync(
            "ListMetricDescriptors",
            options => runtime.ListMetricDescriptorsAsync(new ListMetricDescriptorsRequest(), options), ct);
        if (!OutputFormat.IsTable(call))
        {
            await OutputFormat.WriteAsync(call, MessageJson.Of(answer));
            return 0;
        }

        var table = new Table("NAME", "LABELS", "HELP");
        foreach (var metric in answer.Descriptors)
            table.Add(metric.Name, string.Join(",", metric.LabelKeys), metric.Help);
        table.Write(call.Text);
        return 0;
    }
}
