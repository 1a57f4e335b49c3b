using System.Text.Json.Nodes;
using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Output;
using Crisp.Ctl.Selection;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class InspectPod : Verb
{
    internal override string Name => "inspectp";

    internal override string Summary => "Show all about pods";

    internal override string Arguments => "[POD-ID...]";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        .. PodSelection.Flags,
        Flag.Switch("quiet", 'q', "Without the runtime's own verbose information"),
        OutputFormat.Flag("json"),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var ids = call.Arguments.Count > 0
            ? call.Arguments
            : [.. (await PodSelection.ListAsync(call, "", ct)).Select(pod => pod.Id)];
        if (ids.Count == 0) throw new CtlException("no pod is named and none is found by the filters");
        var runtime = await call.RuntimeAsync(ct);
        var trees = new List<JsonObject>();
        foreach (var id in ids)
        {
            var request = new PodSandboxStatusRequest { PodSandboxId = id, Verbose = !call.Flags.Switch("quiet") };
            var answer = await call.CallAsync(
                "PodSandboxStatus", options => runtime.PodSandboxStatusAsync(request, options), ct);
            if (OutputFormat.IsTable(call)) WriteTable(call, answer.Status);
            else trees.Add(StatusTree.Of(StatusJson(answer.Status, call.Terminal.Clock.LocalTimeZone), answer.Info));
        }

        if (trees.Count > 0) await OutputFormat.WriteAsync(call, StatusTree.Combine(trees));
        return 0;
    }

    private static JsonObject StatusJson(PodSandboxStatus status, TimeZoneInfo zone)
    {
        var json = MessageJson.Of(status);
        json["createdAt"] = Rfc3339.Of(status.CreatedAt, zone);
        return json;
    }

    private static void WriteTable(Invocation call, PodSandboxStatus status)
    {
        var text = call.Text;
        text.WriteLine($"ID: {status.Id}");
        text.WriteLine($"Name: {status.Metadata?.Name}");
        text.WriteLine($"UID: {status.Metadata?.Uid}");
        text.WriteLine($"Namespace: {status.Metadata?.Namespace}");
        text.WriteLine($"Attempt: {status.Metadata?.Attempt ?? 0}");
        text.WriteLine($"Status: {StateText.Of(status.State)}");
        text.WriteLine($"Created: {Rfc3339.Of(status.CreatedAt, call.Terminal.Clock.LocalTimeZone)}");
        if (status.Network is { } network)
        {
            text.WriteLine($"IP Addresses: {network.Ip}");
            foreach (var more in network.AdditionalIps) text.WriteLine($"Additional IP: {more.Ip}");
        }

        LabelText.Write(text, "Labels", status.Labels);
        LabelText.Write(text, "Annotations", status.Annotations);
    }
}
