using System.Text.Json.Nodes;
using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Output;
using Crisp.Ctl.Selection;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class Inspect : Verb
{
    internal override string Name => "inspect";

    internal override string Summary => "Show all about containers";

    internal override string Arguments => "[CONTAINER-ID...]";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        .. ContainerSelection.Flags,
        Flag.Switch("quiet", 'q', "Without the runtime's own verbose information"),
        OutputFormat.Flag("json"),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var ids = call.Arguments.Count > 0
            ? call.Arguments
            : [.. (await ContainerSelection.ListAsync(call, "", ct)).Select(container => container.Id)];
        if (ids.Count == 0) throw new CtlException("no container is named and none is found by the filters");
        var runtime = await call.RuntimeAsync(ct);
        var trees = new List<JsonObject>();
        foreach (var id in ids)
        {
            var request = new ContainerStatusRequest { ContainerId = id, Verbose = !call.Flags.Switch("quiet") };
            var answer = await call.CallAsync(
                "ContainerStatus", options => runtime.ContainerStatusAsync(request, options), ct);
            if (OutputFormat.IsTable(call)) WriteTable(call, answer.Status);
            else trees.Add(StatusTree.Of(StatusJson(answer.Status, call.Terminal.Clock.LocalTimeZone), answer.Info));
        }

        if (trees.Count > 0) await OutputFormat.WriteAsync(call, StatusTree.Combine(trees));
        return 0;
    }

    private static JsonObject StatusJson(ContainerStatus status, TimeZoneInfo zone)
    {
        var started = status.State != ContainerState.ContainerCreated && status.StartedAt > 0;
        var finished = status.State is ContainerState.ContainerExited or ContainerState.ContainerUnknown
            && status.FinishedAt > 0;
        var json = MessageJson.Of(status);
        json["createdAt"] = Rfc3339.Of(status.CreatedAt, zone);
        json["startedAt"] = started ? Rfc3339.Of(status.StartedAt, zone) : Rfc3339.Never;
        json["finishedAt"] = finished ? Rfc3339.Of(status.FinishedAt, zone) : Rfc3339.Never;
        return json;
    }

    private static void WriteTable(Invocation call, ContainerStatus status)
    {
        var (text, clock) = (call.Text, call.Terminal.Clock);
        text.WriteLine($"ID: {status.Id}");
        text.WriteLine($"Name: {status.Metadata?.Name}");
        text.WriteLine($"Attempt: {status.Metadata?.Attempt ?? 0}");
        text.WriteLine($"State: {StateText.InFull(status.State)}");
        text.WriteLine($"Created: {HumanDuration.Ago(status.CreatedAt, clock)}");
        if (status.State != ContainerState.ContainerCreated)
            text.WriteLine($"Started: {HumanDuration.Ago(status.StartedAt, clock)}");
        if (status.State == ContainerState.ContainerExited)
        {
            text.WriteLine($"Finished: {HumanDuration.Ago(status.FinishedAt, clock)}");
            text.WriteLine($"Exit Code: {status.ExitCode}");
            text.WriteLine($"Reason: {status.Reason}");
        }

        LabelText.Write(text, "Labels", status.Labels);
        LabelText.Write(text, "Annotations", status.Annotations);
    }
}
