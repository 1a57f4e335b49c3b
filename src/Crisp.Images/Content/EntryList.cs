namespace Crisp.Images.Content;

/// <summary>How a pull changes the names of a store.</summary>
internal static class EntryList
{
    /// <summary>
    /// Adds a name. A tag that named something else moves; what it named keeps its repo digest. The same list is
    /// returned where nothing changes.
    /// </summary>
    public static IReadOnlyList<ImageEntry> With(this IReadOnlyList<ImageEntry> entries, ImageEntry added)
    {
        if (entries.Any(entry => entry.Tag == added.Tag && Says(entry, added))) return entries;
        if (added.Tag is null) return entries.Any(entry => Says(entry, added)) ? entries : [.. entries, added];

        List<ImageEntry> result = [];
        foreach (var entry in entries)
        {
            if (entry.TaggedName == added.TaggedName) continue;
            if (entry.Tag is null && Says(entry, added)) continue;
            result.Add(entry);
        }
        result.Add(added);
        var moved = entries.FirstOrDefault(entry => entry.TaggedName == added.TaggedName);
        if (moved is not null && !result.Any(entry => Says(entry, moved))) result.Add(moved with { Tag = null });
        return result;
    }

    private static bool Says(ImageEntry one, ImageEntry other) =>
        one.Name == other.Name && one.RepoDigest == other.RepoDigest && one.ImageId == other.ImageId
        && one.Manifest.Digest == other.Manifest.Digest;
}
