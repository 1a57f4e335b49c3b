using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Output;
using Crisp.Ctl.Selection;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class Ps : Verb
{
    internal override string Name => "ps";

    internal override string Summary => "List containers";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Text("id", null, "Filter by container ID"),
        .. ContainerSelection.Flags,
        Flag.Switch("quiet", 'q', "Only the IDs"),
        Flag.Switch("verbose", 'v', "All that is known of each container"),
        Flag.Switch("no-trunc", null, "Whole IDs"),
        Flag.Switch("resolve-image-path", 'r', "The image's tag instead of its ID"),
        OutputFormat.Flag(OutputFormat.Table),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        call.Expect(0, 0, "");
        var containers = await ContainerSelection.ListAsync(call, call.Flags.Text("id"), ct);
        if (!OutputFormat.IsTable(call))
            await OutputFormat.WriteAsync(
                call, MessageJson.Of(new ListContainersResponse { Containers = { containers } }));
        else if (call.Flags.Switch("quiet"))
            foreach (var container in containers) await call.Text.WriteLineAsync(container.Id);
        else if (call.Flags.Switch("verbose")) foreach (var container in containers) WriteVerbose(call, container);
        else await WriteTableAsync(call, containers, ct);
        return 0;
    }

    private static async Task WriteTableAsync(Invocation call, IEnumerable<Container> containers, CancellationToken ct)
    {
        var table = new Table(
            "CONTAINER", "IMAGE", "CREATED", "STATE", "NAME", "ATTEMPT", "POD ID", "POD", "NAMESPACE");
        var whole = call.Flags.Switch("no-trunc");
        foreach (var container in containers)
            table.Add(
                ShortId.Of(container.Id, whole),
                await ImageAsync(call, container, whole, ct),
                HumanDuration.Ago(container.CreatedAt, call.Terminal.Clock),
                StateText.Of(container.State),
                container.Metadata?.Name ?? "",
                $"{container.Metadata?.Attempt ?? 0}",
                ShortId.Of(container.PodSandboxId, whole),
                Labels.Of(container.Labels, Labels.PodName),
                Labels.Of(container.Labels, Labels.PodNamespace));
        table.Write(call.Text);
    }

    private static async Task<string> ImageAsync(Invocation call, Container container, bool whole, CancellationToken ct)
    {
        var image = container.Image?.Image ?? "";
        if (!call.Flags.Switch("resolve-image-path")) return ShortId.OfImage(image, whole);
        var images = await call.ImagesAsync(ct);
        var request = new ImageStatusRequest { Image = new ImageSpec { Image = image } };
        var answer = await call.CallAsync("ImageStatus", options => images.ImageStatusAsync(request, options), ct);
        return answer.Image?.RepoTags.FirstOrDefault() ?? image;
    }

    private static void WriteVerbose(Invocation call, Container container)
    {
        var text = call.Text;
        text.WriteLine($"ID: {container.Id}");
        text.WriteLine($"PodID: {container.PodSandboxId}");
        text.WriteLine($"Namespace: {Labels.Of(container.Labels, Labels.PodNamespace)}");
        text.WriteLine($"Name: {container.Metadata?.Name}");
        text.WriteLine($"Attempt: {container.Metadata?.Attempt ?? 0}");
        text.WriteLine($"State: {StateText.Of(container.State)}");
        text.WriteLine($"Image: {container.Image?.Image}");
        text.WriteLine($"Created: {HumanDuration.Ago(container.CreatedAt, call.Terminal.Clock)}");
        LabelText.Write(text, "Labels", container.Labels);
        LabelText.Write(text, "Annotations", container.Annotations);
        text.WriteLine();
    }
}
