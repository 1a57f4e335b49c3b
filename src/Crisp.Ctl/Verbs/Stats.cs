using System.Globalization;
using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Output;
using Crisp.Ctl.Selection;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class Stats : Verb
{
    internal const string ClearScreen = "\u001b[2J\u001b[H";

    internal override string Name => "stats";

    internal override string Summary => "Show what containers consume";

    internal override string Arguments => "[CONTAINER-ID]";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Text("id", null, "Filter by container ID"),
        Flag.Text("pod", 'p', "Filter by pod ID"),
        Flag.Texts("label", null, "Filter by label, key=value"),
        Flag.Switch("all", 'a', "Containers that do not run, too"),
        Flag.Number("seconds", 's', "Seconds over which the use of the CPU is measured") with { Default = "1" },
        Flag.Switch("watch", 'w', "Again and again, until interrupted"),
        OutputFormat.Flag(OutputFormat.Table),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var argument = call.Expect(0, 1, "") is [var id] ? id : "";
        var filter = new ContainerStatsFilter
        {
            Id = argument.Length > 0 ? argument : call.Flags.Text("id"),
            PodSandboxId = call.Flags.Text("pod"),
        };
        filter.LabelSelector.Add(Labels.Parse(call.Flags.Texts("label")).ToDictionary());
        do
        {
            var first = await ListAsync(call, filter, ct);
            if (!OutputFormat.IsTable(call))
            {
                await OutputFormat.WriteAsync(call, MessageJson.Of(new ListContainerStatsResponse { Stats = { first } }));
                return 0;
            }

            await Task.Delay(TimeSpan.FromSeconds(call.Flags.Number("seconds")), call.Terminal.Clock, ct);
            WriteTable(call, first, await ListAsync(call, filter, ct));
        }
        while (call.Flags.Switch("watch"));
        return 0;
    }

    private static async Task<IReadOnlyList<ContainerStats>> ListAsync(
        Invocation call, ContainerStatsFilter filter, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var request = new ListContainerStatsRequest { Filter = filter };
        var answer = await call.CallAsync(
            "ListContainerStats", options => runtime.ListContainerStatsAsync(request, options), ct);
        return [.. answer.Stats.OrderBy(stats => stats.Attributes?.Id, StringComparer.Ordinal)];
    }

    private static void WriteTable(
        Invocation call, IEnumerable<ContainerStats> earlier, IReadOnlyList<ContainerStats> now)
    {
        var before = earlier.ToDictionary(stats => stats.Attributes?.Id ?? "");
        var table = new Table("CONTAINER", "NAME", "CPU %", "MEM", "DISK", "INODES", "SWAP");
        foreach (var stats in now)
        {
            var runs = stats.Cpu?.UsageCoreNanoSeconds?.Value > 0 || stats.Memory?.WorkingSetBytes?.Value > 0;
            if (!before.TryGetValue(stats.Attributes?.Id ?? "", out var old) || (!runs && !call.Flags.Switch("all"))) continue;
            table.Add(
                ShortId.Of(stats.Attributes?.Id ?? "", whole: false),
                stats.Attributes?.Metadata?.Name ?? "",
                CpuShare.Percent(old.Cpu, stats.Cpu).ToString("F2", CultureInfo.InvariantCulture),
                HumanSize.Of(stats.Memory?.WorkingSetBytes?.Value ?? 0),
                HumanSize.Of(stats.WritableLayer?.UsedBytes?.Value ?? 0),
                $"{stats.WritableLayer?.InodesUsed?.Value ?? 0}",
                HumanSize.Of(stats.Swap?.SwapUsageBytes?.Value ?? 0));
        }

        if (call.Flags.Switch("watch")) call.Text.Write(ClearScreen);
        table.Write(call.Text);
    }
}
