using Crisp.Images.Layers;
using Crisp.Linux;
using Crisp.OciSpec;

namespace Crisp.Images.Pulls;

/// <summary>
/// A layer may hold a/b without an entry for a. Such a directory must not hide the mode and owner that a has in the
/// layers below, so they are looked up there, once those are unpacked.
/// </summary>
internal static class ImpliedDirectories
{
    /// <summary>
    /// Gives a layer's implied directories their attributes; the diffs below are named from the nearest down.
    /// </summary>
    public static void Settle(string diff, LayerContent content, IReadOnlyList<string> diffsBelow)
    {
        if (content.ImpliedDirectories.Count == 0 || diffsBelow.Count == 0) return;
        using var own = UnpackDirectory.Open(diff);
        List<UnpackDirectory> below = [];
        try
        {
            below.AddRange(diffsBelow.Select(UnpackDirectory.Open));
            foreach (var path in content.ImpliedDirectories)
            {
                var found = below.Select(layer => layer.DirectoryAttributes(path)).FirstOrDefault(
                    attributes => attributes is not null);
                if (found is not { } attributes) continue;
                using var directory = own.MakeDirectory(path, out _);
                directory.SetAttributes(attributes);
            }
        }
        finally
        {
            foreach (var layer in below) layer.Dispose();
        }
    }

    /// <summary>Where the layers beneath one lie: in their places, or staged by this pull.</summary>
    public static IReadOnlyList<string> Below(
        int index, IReadOnlyList<Digest> chain, LayerStore layers, IReadOnlyDictionary<Digest, SharedLayer> staged) =>
        [.. chain.Take(index).Reverse().Select(id =>
            staged.TryGetValue(id, out var layer) && layers.Find(id) is null
                ? $"{layer.Directory}/diff"
                : layers.DiffDirectory(id))];
}
