using Crisp.Ctl.Verbs;
using Runtime.V1;

namespace Crisp.Ctl.Selection;

/// <summary>Whether a container's image is the one the user names, whatever name either uses: by their IDs.</summary>
internal static class ImageMatch
{
    internal static async Task<Func<string, ValueTask<bool>>> CreateAsync(
        Invocation call, string wanted, CancellationToken ct)
    {
        if (wanted.Length == 0) return _ => ValueTask.FromResult(true);
        var known = new Dictionary<string, string?>();
        var wantedId = await IdAsync(call, wanted, ct);
        return async image =>
        {
            if (!known.TryGetValue(image, out var id)) known[image] = id = await IdAsync(call, image, ct);
            return id is not null && id == wantedId;
        };
    }

    /// <summary>Null when there is no such image.</summary>
    private static async Task<string?> IdAsync(Invocation call, string image, CancellationToken ct)
    {
        var images = await call.ImagesAsync(ct);
        var request = new ImageStatusRequest { Image = new ImageSpec { Image = image } };
        return (await call.CallAsync("ImageStatus", options => images.ImageStatusAsync(request, options), ct))
            .Image?.Id;
    }
}
