using Crisp.Ctl.CommandLine;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

internal sealed class RemoveImage : Verb
{
    internal override string Name => "rmi";

    internal override string Summary => "Remove images";

    internal override string Arguments => "IMAGE...";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Switch("all", 'a', "All images"),
        Flag.Switch("prune", 'q', "All images that no container uses and that are not pinned"),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var names = call.Flags.Switch("prune") ? await UnusedAsync(call, ct)
            : call.Flags.Switch("all") ? [.. (await ListAsync(call, ct)).Select(image => image.Id)]
            : call.Expect(1, int.MaxValue, "an image");
        if (names.Count == 0) await call.Terminal.ErrorText.WriteLineAsync("crispctl: no images to remove");
        return await ForEachAsync(call, names, "cannot remove image", name => RemoveAsync(call, name, ct));
    }

    private static async Task RemoveAsync(Invocation call, string name, CancellationToken ct)
    {
        var images = await call.ImagesAsync(ct);
        var image = await StatusAsync(call, name, ct) ?? throw new CtlException("there is no such image");
        var request = new RemoveImageRequest { Image = new ImageSpec { Image = name } };
        await call.CallAsync("RemoveImage", options => images.RemoveImageAsync(request, options), ct);
        foreach (var gone in image.RepoTags.Count > 0 ? image.RepoTags : image.RepoDigests)
            await call.Text.WriteLineAsync($"Deleted: {gone}");
    }

    private static async Task<IReadOnlyList<string>> UnusedAsync(Invocation call, CancellationToken ct)
    {
        var runtime = await call.RuntimeAsync(ct);
        var containers = await call.CallAsync(
            "ListContainers", options => runtime.ListContainersAsync(new ListContainersRequest(), options), ct);
        var used = new HashSet<string>();
        foreach (var name in containers.Containers.Select(container => container.Image?.Image ?? "").Distinct())
            if (await StatusAsync(call, name, ct) is { } image)
                used.Add(image.Id);
        return [.. (await ListAsync(call, ct))
            .Where(image => !image.Pinned && !used.Contains(image.Id)).Select(image => image.Id)];
    }

    private static async Task<IReadOnlyList<Image>> ListAsync(Invocation call, CancellationToken ct)
    {
        var images = await call.ImagesAsync(ct);
        return (await call.CallAsync(
            "ListImages", options => images.ListImagesAsync(new ListImagesRequest(), options), ct)).Images;
    }

    private static async Task<Image?> StatusAsync(Invocation call, string name, CancellationToken ct)
    {
        var images = await call.ImagesAsync(ct);
        var request = new ImageStatusRequest { Image = new ImageSpec { Image = name } };
        return (await call.CallAsync("ImageStatus", options => images.ImageStatusAsync(request, options), ct)).Image;
    }
}
