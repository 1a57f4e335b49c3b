using System.Text.Json.Nodes;
using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Output;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class Info : Verb
{
    internal override string Name => "info";

    internal override string Summary => "Show the state of the runtime: conditions, handlers, features, configuration";

    internal override IReadOnlyList<Flag> Flags { get; } =
        [OutputFormat.Flag("json"), Flag.Switch("quiet", 'q', "Without the runtime's own verbose information")];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        call.Expect(0, 0, "");
        var runtime = await call.RuntimeAsync(ct);
        var request = new StatusRequest { Verbose = !call.Flags.Switch("quiet") };
        var answer = await call.CallAsync("Status", options => runtime.StatusAsync(request, options), ct);
        if (OutputFormat.IsTable(call))
        {
            WriteTable(call, answer);
            return 0;
        }

        var tree = StatusTree.Of(MessageJson.Of(answer.Status ?? new RuntimeStatus()), answer.Info);
        if (answer.RuntimeHandlers.Count > 0)
            tree["runtimeHandlers"] = new JsonArray([.. answer.RuntimeHandlers.Select(MessageJson.Of)]);
        if (answer.Features is { } features) tree["features"] = MessageJson.Of(features);
        await OutputFormat.WriteAsync(call, StatusTree.Combine([tree]));
        return 0;
    }

    private static void WriteTable(Invocation call, StatusResponse answer)
    {
        var table = new Table("CONDITION", "STATUS", "REASON", "MESSAGE");
        foreach (var condition in answer.Status?.Conditions ?? [])
            table.Add(condition.Type, condition.Status ? "true" : "false", condition.Reason, condition.Message);
        table.Write(call.Text);
    }
}
