using System.Globalization;
using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Output;
using Crisp.Ctl.Selection;
using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class PodStatistics : StatisticsVerb<PodSandboxStats>
{
    internal override string Name => "statsp";

    internal override string Summary => "Show what pods consume";

    internal override string Arguments => "[POD-ID]";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Text("id", null, "Filter by pod ID"),
        Flag.Texts("label", null, "Filter by label, key=value"),
        .. Measuring,
    ];

    private protected override async Task<IEnumerable<PodSandboxStats>> ListAsync(Invocation call, CancellationToken ct)
    {
        var filter = new PodSandboxStatsFilter { Id = ChosenId(call) };
        filter.LabelSelector.Add(Labels.Parse(call.Flags.Texts("label")).ToDictionary());
        var runtime = await call.RuntimeAsync(ct);
        var request = new ListPodSandboxStatsRequest { Filter = filter };
        return (await call.CallAsync(
            "ListPodSandboxStats", options => runtime.ListPodSandboxStatsAsync(request, options), ct)).Stats;
    }

    private protected override string IdOf(PodSandboxStats stats) => stats.Attributes?.Id ?? "";

    private protected override IMessage Document(IReadOnlyList<PodSandboxStats> stats) =>
        new ListPodSandboxStatsResponse { Stats = { stats } };

    private protected override Table NewTable() => new("POD", "POD ID", "CPU %", "MEM");

    private protected override void AddRow(Invocation call, Table table, PodSandboxStats before, PodSandboxStats now) =>
        table.Add(
            now.Attributes?.Metadata?.Name ?? "",
            ShortId.Of(IdOf(now), whole: false),
            CpuShare.Percent(before.Linux?.Cpu, now.Linux?.Cpu).ToString("F2", CultureInfo.InvariantCulture),
            HumanSize.Of(now.Linux?.Memory?.WorkingSetBytes?.Value ?? 0));
}
