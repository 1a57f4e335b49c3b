using System.Text.Json.Nodes;
using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Output;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class InspectImage : Verb
{
    internal override string Name => "inspecti";

    internal override string Summary => "Show all about images";

    internal override string Arguments => "IMAGE...";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Switch("quiet", 'q', "Without the runtime's own verbose information"),
        OutputFormat.Flag("json"),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var images = await call.ImagesAsync(ct);
        var trees = new List<JsonObject>();
        foreach (var name in call.Expect(1, int.MaxValue, "an image"))
        {
            var request = new ImageStatusRequest
            {
                Image = new ImageSpec { Image = name },
                Verbose = !call.Flags.Switch("quiet"),
            };
            var answer = await call.CallAsync("ImageStatus", options => images.ImageStatusAsync(request, options), ct);
            var image = answer.Image
                ?? throw new CtlException($"there is no image \"{name}\" here; crispctl pull gets it");
            if (OutputFormat.IsTable(call)) WriteTable(call, image);
            else trees.Add(StatusTree.Of(MessageJson.Of(image), answer.Info));
        }

        if (trees.Count > 0) await OutputFormat.WriteAsync(call, StatusTree.Combine(trees));
        return 0;
    }

    private static void WriteTable(Invocation call, Image image)
    {
        call.Text.WriteLine($"ID: {image.Id}");
        foreach (var tag in image.RepoTags) call.Text.WriteLine($"Tag: {tag}");
        foreach (var digest in image.RepoDigests) call.Text.WriteLine($"Digest: {digest}");
        call.Text.WriteLine($"Size: {HumanSize.Of(image.Size, 3)}");
    }
}
