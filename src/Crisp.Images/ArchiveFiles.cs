using Crisp.Images.Layers;

namespace Crisp.Images;

/// <summary>
/// Reads some small files of an archive that nobody vouches for, with the bounds of a layer; nothing is unpacked.
/// </summary>
public static class ArchiveFiles
{
    /// <summary>Reads until it has them all, or to the end. Of several with one name the first counts.</summary>
    /// <param name="archive">Tar, not compressed.</param>
    /// <param name="names">Paths in the archive, without a leading "./".</param>
    /// <param name="mostBytes">Of each.</param>
    /// <returns>Those that are there and are regular files.</returns>
    /// <exception cref="InvalidDataException">It is no tar archive, is cut off, or beyond the bounds.</exception>
    public static IReadOnlyDictionary<string, byte[]> Read(
        Stream archive, IReadOnlyCollection<string> names, int mostBytes)
    {
        var limits = new Limits();
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            using var input = new ArchiveInput(archive, hash: null, limits.UnpackedLayerBytes);
            var tar = new TarReader(input, limits);
            for (long entries = 0; found.Count < names.Count && tar.Next() is { } entry; entries++)
            {
                if (entries == limits.LayerEntries)
                    throw new InvalidDataException($"the archive has more than {limits.LayerEntries} entries");
                var name = EntryPath.Text(EntryPath.Clean(entry.Name));
                if (IsPlainFile(entry) && names.Contains(name))
                    found.TryAdd(name, Content(tar, entry, name, mostBytes));
            }
        }
        catch (LayerLimitException beyond)
        {
            throw new InvalidDataException(beyond.Message, beyond);
        }
        return found;
    }

    private static bool IsPlainFile(TarEntry entry) =>
        entry is { Segments: null, Type: TarEntryType.Regular or TarEntryType.OldRegular or TarEntryType.Contiguous };

    private static byte[] Content(TarReader tar, TarEntry entry, string name, int mostBytes)
    {
        if (entry.StoredSize > mostBytes)
            throw new InvalidDataException($"its {name} is longer than {mostBytes} bytes");
        var content = new byte[entry.StoredSize];
        for (var filled = 0; filled < content.Length;)
        {
            var some = tar.ReadSome(content.Length - filled);
            some.CopyTo(content.AsSpan(filled));
            filled += some.Length;
        }
        return content;
    }
}
