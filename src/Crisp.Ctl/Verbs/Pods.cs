using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Output;
using Crisp.Ctl.Selection;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class Pods : Verb
{
    internal override string Name => "pods";

    internal override string Summary => "List pods";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Text("id", null, "Filter by pod ID"),
        .. PodSelection.Flags,
        Flag.Switch("quiet", 'q', "Only the IDs"),
        Flag.Switch("verbose", 'v', "All that is known of each pod"),
        Flag.Switch("no-trunc", null, "Whole IDs"),
        OutputFormat.Flag(OutputFormat.Table),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        call.Expect(0, 0, "");
        var pods = await PodSelection.ListAsync(call, call.Flags.Text("id"), ct);
        if (!OutputFormat.IsTable(call))
            await OutputFormat.WriteAsync(call, MessageJson.Of(new ListPodSandboxResponse { Items = { pods } }));
        else if (call.Flags.Switch("quiet")) foreach (var pod in pods) await call.Text.WriteLineAsync(pod.Id);
        else if (call.Flags.Switch("verbose")) foreach (var pod in pods) WriteVerbose(call, pod);
        else WriteTable(call, pods);
        return 0;
    }

    private static void WriteTable(Invocation call, IEnumerable<PodSandbox> pods)
    {
        var table = new Table("POD ID", "CREATED", "STATE", "NAME", "NAMESPACE", "ATTEMPT", "RUNTIME");
        foreach (var pod in pods)
            table.Add(
                ShortId.Of(pod.Id, call.Flags.Switch("no-trunc")),
                HumanDuration.Ago(pod.CreatedAt, call.Terminal.Clock),
                StateText.Of(pod.State),
                pod.Metadata?.Name ?? "",
                pod.Metadata?.Namespace ?? "",
                $"{pod.Metadata?.Attempt ?? 0}",
                pod.RuntimeHandler.Length > 0 ? pod.RuntimeHandler : "(default)");
        table.Write(call.Text);
    }

    private static void WriteVerbose(Invocation call, PodSandbox pod)
    {
        var text = call.Text;
        text.WriteLine($"ID: {pod.Id}");
        text.WriteLine($"Name: {pod.Metadata?.Name}");
        text.WriteLine($"UID: {pod.Metadata?.Uid}");
        text.WriteLine($"Namespace: {pod.Metadata?.Namespace}");
        text.WriteLine($"Attempt: {pod.Metadata?.Attempt ?? 0}");
        text.WriteLine($"Status: {StateText.Of(pod.State)}");
        text.WriteLine($"Created: {Rfc3339.Of(pod.CreatedAt, call.Terminal.Clock.LocalTimeZone)}");
        LabelText.Write(text, "Labels", pod.Labels);
        LabelText.Write(text, "Annotations", pod.Annotations);
        text.WriteLine($"Runtime: {(pod.RuntimeHandler.Length > 0 ? pod.RuntimeHandler : "(default)")}");
        text.WriteLine();
    }
}
