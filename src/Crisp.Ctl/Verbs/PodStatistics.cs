using System.Globalization;
using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Output;
using Crisp.Ctl.Selection;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class PodStatistics : Verb
{
    internal override string Name => "statsp";

    internal override string Summary => "Show what pods consume";

    internal override string Arguments => "[POD-ID]";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Text("id", null, "Filter by pod ID"),
        Flag.Texts("label", null, "Filter by label, key=value"),
        Flag.Number("seconds", 's', "Seconds over which the use of the CPU is measured") with { Default = "1" },
        Flag.Switch("watch", 'w', "Again and again, until interrupted"),
        OutputFormat.Flag(OutputFormat.Table),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var argument = call.Expect(0, 1, "") is [var id] ? id : "";
        var filter = new PodSandboxStatsFilter { Id = argument.Length > 0 ? argument : call.Flags.Text("id") };
        filter.LabelSelector.Add(Labels.Parse(call.Flags.Texts("label")).ToDictionary());
        do
        {
            var first = await ListAsync(call, filter, ct);
            if (!OutputFormat.IsTable(call))
            {
                await OutputFormat.WriteAsync(call, MessageJson.Of(new ListPodSandboxStatsResponse { Stats = { first } }));
                return 0;
            }

            await Task.Delay(TimeSpan.FromSeconds(call.Flags.Number("seconds")), call.Terminal.Clock, ct);
            WriteTable(call, first, await ListAsync(call, filter, ct));
        }
        while (call.Flags.Switch("watch"));
        return 0;
    }

    private static async Task<IReadOnlyList<PodSandboxStats>> ListAsync(
        Invocation call, PodSandboxStatsFilter filter, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var request = new ListPodSandboxStatsRequest { Filter = filter };
        var answer = await call.CallAsync(
            "ListPodSandboxStats", options => runtime.ListPodSandboxStatsAsync(request, options), ct);
        return [.. answer.Stats.OrderBy(stats => stats.Attributes?.Id, StringComparer.Ordinal)];
    }

    private static void WriteTable(Invocation call, IEnumerable<PodSandboxStats> earlier, IReadOnlyList<PodSandboxStats> now)
    {
        var before = earlier.ToDictionary(stats => stats.Attributes?.Id ?? "");
        var table = new Table("POD", "POD ID", "CPU %", "MEM");
        foreach (var stats in now)
        {
            if (!before.TryGetValue(stats.Attributes?.Id ?? "", out var old)) continue;
            table.Add(
                stats.Attributes?.Metadata?.Name ?? "",
                ShortId.Of(stats.Attributes?.Id ?? "", whole: false),
                CpuShare.Percent(old.Linux?.Cpu, stats.Linux?.Cpu).ToString("F2", CultureInfo.InvariantCulture),
                HumanSize.Of(stats.Linux?.Memory?.WorkingSetBytes?.Value ?? 0));
        }

        if (call.Flags.Switch("watch")) call.Text.Write(Stats.ClearScreen);
        table.Write(call.Text);
    }
}
