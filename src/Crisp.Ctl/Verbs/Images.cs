using Crisp.Ctl.CommandLine;
using Crisp.Ctl.Output;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class Images : Verb
{
    private const string None = "<none>";

    internal override string Name => "images";

    internal override IReadOnlyList<string> Aliases => ["image", "img"];

    internal override string Summary => "List images";

    internal override string Arguments => "[REPOSITORY[:TAG]]";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Switch("quiet", 'q', "Only the IDs"),
        Flag.Switch("verbose", 'v', "All that is known of each image"),
        Flag.Switch("digests", null, "Show digests"),
        Flag.Switch("pinned", null, "Show whether images are pinned"),
        Flag.Switch("no-trunc", null, "Whole IDs"),
        OutputFormat.Flag(OutputFormat.Table),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var request = new ListImagesRequest();
        if (call.Expect(0, 1, "") is [var wanted])
            request.Filter = new ImageFilter { Image = new ImageSpec { Image = wanted } };
        var service = await call.ImagesAsync(ct);
        var answer = await call.CallAsync("ListImages", options => service.ListImagesAsync(request, options), ct);
        var images = answer.Images.OrderBy(SortKey, StringComparer.Ordinal).ToList();

        if (!OutputFormat.IsTable(call))
            await OutputFormat.WriteAsync(call, MessageJson.Of(new ListImagesResponse { Images = { images } }));
        else if (call.Flags.Switch("quiet")) foreach (var image in images) await call.Text.WriteLineAsync(image.Id);
        else if (call.Flags.Switch("verbose")) foreach (var image in images) WriteVerbose(call, image);
        else WriteTable(call, images);
        return 0;
    }

    private static string SortKey(Image image) =>
        image.RepoTags.FirstOrDefault() ?? image.RepoDigests.FirstOrDefault() ?? image.Id;

    private static void WriteTable(Invocation call, IEnumerable<Image> images)
    {
        var (digests, pinned) = (call.Flags.Switch("digests"), call.Flags.Switch("pinned"));
        var table = new Table(
            ["IMAGE", "TAG", .. digests ? ["DIGEST"] : NoCells, "IMAGE ID", "SIZE", .. pinned ? ["PINNED"] : NoCells]);
        var whole = call.Flags.Switch("no-trunc");
        foreach (var image in images)
        {
            var (name, digest) = SplitDigest(image.RepoDigests.FirstOrDefault());
            foreach (var (repository, tag) in Names(image, name))
                table.Add(
                [
                    repository, tag,
                    .. digests ? [ShortId.Of(digest, whole)] : NoCells,
                    ShortId.Of(image.Id, whole), HumanSize.Of(image.Size, 3),
                    .. pinned ? [image.Pinned ? "true" : "false"] : NoCells,
                ]);
        }

        table.Write(call.Text);
    }

    private static string[] NoCells => [];

    /// <summary>A row for each tag; an image without any is known by its digest's repository.</summary>
    private static IEnumerable<(string Repository, string Tag)> Names(Image image, string nameOfDigest)
    {
        if (image.RepoTags.Count == 0) yield return (nameOfDigest, None);
        foreach (var name in image.RepoTags)
            yield return name.LastIndexOf(':') is var colon && colon > 0
                ? (name[..colon], name[(colon + 1)..])
                : (name, None);
    }

    private static (string Repository, string Digest) SplitDigest(string? name) =>
        name?.Split('@') is [var repository, var digest] ? (repository, digest) : (None, None);

    private static void WriteVerbose(Invocation call, Image image)
    {
        var text = call.Text;
        text.WriteLine($"ID: {image.Id}");
        foreach (var tag in image.RepoTags) text.WriteLine($"RepoTags: {tag}");
        foreach (var digest in image.RepoDigests) text.WriteLine($"RepoDigests: {digest}");
        text.WriteLine($"Size: {image.Size}");
        if (image.Uid is { } uid) text.WriteLine($"Uid: {uid.Value}");
        if (image.Username.Length > 0) text.WriteLine($"Username: {image.Username}");
        if (image.Pinned) text.WriteLine("Pinned: true");
        text.WriteLine();
    }
}
