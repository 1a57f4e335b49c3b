using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Output;
using Google.Protobuf;

namespace Crisp.Ctl.Verbs;

/// <summary>
/// What containers or pods consume: once as a document, or as a table of two measurements, since the use of the CPU
/// shows between them.
/// </summary>
internal abstract class StatisticsVerb<T> : Verb
{
    private const string ClearScreen = "\u001b[2J\u001b[H";

    private protected static IReadOnlyList<Flag> Measuring { get; } =
    [
        Flag.Number("seconds", 's', "Seconds over which the use of the CPU is measured") with { Default = "1" },
        Flag.Switch("watch", 'w', "Again and again, until interrupted"),
        OutputFormat.Flag(OutputFormat.Table),
    ];

    internal sealed override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        do
        {
            var first = await MeasureAsync(call, ct);
            if (!OutputFormat.IsTable(call))
            {
                await OutputFormat.WriteAsync(call, MessageJson.Of(Document(first)));
                return 0;
            }

            await Task.Delay(TimeSpan.FromSeconds(call.Flags.Number("seconds")), call.Terminal.Clock, ct);
            WriteTable(call, first, await MeasureAsync(call, ct));
        }
        while (call.Flags.Switch("watch"));
        return 0;
    }

    /// <summary>What the flags and the argument choose, as it is now.</summary>
    private protected abstract Task<IEnumerable<T>> ListAsync(Invocation call, CancellationToken ct);

    private protected abstract string IdOf(T stats);

    /// <summary>The answer of the RPC that these are from.</summary>
    private protected abstract IMessage Document(IReadOnlyList<T> stats);

    private protected abstract Table NewTable();

    private protected abstract void AddRow(Invocation call, Table table, T before, T now);

    /// <summary>The ID that was given, by the argument or by --id; empty for all.</summary>
    private protected static string ChosenId(Invocation call) =>
        call.Expect(0, 1, "") is [var id] && id.Length > 0 ? id : call.Flags.Text("id");

    private async Task<IReadOnlyList<T>> MeasureAsync(Invocation call, CancellationToken ct) =>
        [.. (await ListAsync(call, ct)).OrderBy(IdOf, StringComparer.Ordinal)];

    private void WriteTable(Invocation call, IReadOnlyList<T> earlier, IReadOnlyList<T> now)
    {
        var before = earlier.ToDictionary(IdOf);
        var table = NewTable();
        foreach (var stats in now)
        {
            if (before.TryGetValue(IdOf(stats), out var old))
                AddRow(call, table, old, stats);
        }

        if (call.Flags.Switch("watch")) call.Text.Write(ClearScreen);
        table.Write(call.Text);
    }
}
