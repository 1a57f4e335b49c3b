using System.Globalization;
using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Output;
using Crisp.Ctl.Selection;
using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class Stats : StatisticsVerb<ContainerStats>
{
    internal override string Name => "stats";

    internal override string Summary => "Show what containers consume";

    internal override string Arguments => "[CONTAINER-ID]";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Text("id", null, "Filter by container ID"),
        Flag.Text("pod", 'p', "Filter by pod ID"),
        Flag.Texts("label", null, "Filter by label, key=value"),
        Flag.Switch("all", 'a', "Containers that do not run, too"),
        .. Measuring,
    ];

    private protected override async Task<IEnumerable<ContainerStats>> ListAsync(Invocation call, CancellationToken ct)
    {
        var filter = new ContainerStatsFilter { Id = ChosenId(call), PodSandboxId = call.Flags.Text("pod") };
        filter.LabelSelector.Add(Labels.Parse(call.Flags.Texts("label")).ToDictionary());
        var runtime = await call.RuntimeAsync(ct);
        var request = new ListContainerStatsRequest { Filter = filter };
        return (await call.CallAsync(
            "ListContainerStats", options => runtime.ListContainerStatsAsync(request, options), ct)).Stats;
    }

    private protected override string IdOf(ContainerStats stats) => stats.Attributes?.Id ?? "";

    private protected override IMessage Document(IReadOnlyList<ContainerStats> stats) =>
        new ListContainerStatsResponse { Stats = { stats } };

    private protected override Table NewTable() => new("CONTAINER", "NAME", "CPU %", "MEM", "DISK", "INODES", "SWAP");

    private protected override void AddRow(Invocation call, Table table, ContainerStats before, ContainerStats now)
    {
        var runs = now.Cpu?.UsageCoreNanoSeconds?.Value > 0 || now.Memory?.WorkingSetBytes?.Value > 0;
        if (!runs && !call.Flags.Switch("all")) return;
        table.Add(
            ShortId.Of(IdOf(now), whole: false),
            now.Attributes?.Metadata?.Name ?? "",
            CpuShare.Percent(before.Cpu, now.Cpu).ToString("F2", CultureInfo.InvariantCulture),
            HumanSize.Of(now.Memory?.WorkingSetBytes?.Value ?? 0),
            HumanSize.Of(now.WritableLayer?.UsedBytes?.Value ?? 0),
            $"{now.WritableLayer?.InodesUsed?.Value ?? 0}",
            HumanSize.Of(now.Swap?.SwapUsageBytes?.Value ?? 0));
    }
}
