namespace Crisp.Images.Layers;

/// <summary>Cleans the names in an archive: relative, no empty and no dot components, nothing above the root.</summary>
internal static class EntryPath
{
    private static ReadOnlySpan<byte> WhiteoutPrefix => ".wh."u8;

    /// <summary>Names that AUFS kept for itself; of those only the opaque marker means something.</summary>
    private static ReadOnlySpan<byte> ReservedPrefix => ".wh..wh."u8;

    private static ReadOnlySpan<byte> OpaqueMarker => ".wh..wh..opq"u8;

    /// <summary>An absolute name means the same beneath the root; one that climbs above it is refused.</summary>
    public static byte[] Clean(ReadOnlySpan<byte> name)
    {
        List<Range> parts = [];
        foreach (var part in name.Split((byte)'/'))
        {
            var component = name[part];
            if (component.IsEmpty || component.SequenceEqual("."u8)) continue;
            if (!component.SequenceEqual(".."u8)) parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            else throw new InvalidDataException($"the name \"{Text(name)}\" leads out of the image");
        }
        return Join(name, parts);
    }

    /// <summary>
    /// What a whiteout entry hides, or null where the entry is none; ".wh." alone hides nothing and is refused.
    /// </summary>
    public static byte[]? WhiteoutTarget(ReadOnlySpan<byte> path)
    {
        var slash = path.LastIndexOf((byte)'/');
        var name = path[(slash + 1)..];
        if (!name.StartsWith(WhiteoutPrefix) || name.StartsWith(ReservedPrefix)) return null;
        var hidden = name[WhiteoutPrefix.Length..];
        if (hidden.IsEmpty || hidden.SequenceEqual("."u8) || hidden.SequenceEqual(".."u8))
            throw new InvalidDataException($"the whiteout \"{Text(path)}\" names nothing");
        return [.. path[..(slash + 1)], .. hidden];
    }

    public static bool IsOpaqueMarker(ReadOnlySpan<byte> path) => NameOf(path).SequenceEqual(OpaqueMarker);

    public static bool IsReserved(ReadOnlySpan<byte> path) => NameOf(path).StartsWith(ReservedPrefix);

    public static ReadOnlySpan<byte> ParentOf(ReadOnlySpan<byte> path) =>
        path[..Math.Max(path.LastIndexOf((byte)'/'), 0)];

    public static string Text(ReadOnlySpan<byte> name) =>
        System.Text.Encoding.UTF8.GetString(name.Length <= 200 ? name : name[..200]);

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> path) => path[(path.LastIndexOf((byte)'/') + 1)..];

    private static byte[] Join(ReadOnlySpan<byte> name, List<Range> parts)
    {
        var joined = new List<byte>(name.Length);
        foreach (var part in parts)
        {
            if (joined.Count > 0) joined.Add((byte)'/');
            joined.AddRange(name[part]);
        }
        return [.. joined];
    }
}
