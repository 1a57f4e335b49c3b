using Crisp.Linux;

namespace Crisp.Images.Layers;

internal sealed partial class LayerUnpacker
{
    /// <summary>Bytes of directory names kept until their times are set.</summary>
    private const long MaxNameBytes = 256 << 20;

    private void UnpackFile(TarEntry entry, byte[] path)
    {
        if (entry.FileSize > _limits.UnpackedLayerBytes)
            throw new LayerLimitException($"\"{EntryPath.Text(path)}\" has {entry.FileSize} bytes");
        using var file = _root.CreateFile(path);
        if (entry.Segments is { } segments)
        {
            foreach (var segment in segments) CopyTo(file, segment);
            file.SetLength(entry.FileSize);
        }
        else
        {
            CopyTo(file, new SparseSegment(0, entry.StoredSize));
        }
        Finish(file, entry);
        _bytes += entry.StoredSize;
        _diskBytes += (entry.StoredSize + BlockBytes - 1) & -BlockBytes;
    }

    private void CopyTo(FileDescriptor file, SparseSegment segment)
    {
        var offset = segment.Offset;
        var left = segment.Length;
        while (left > 0)
        {
            var some = _archive.ReadSome(left);
            if (some.IsEmpty) throw ArchiveInput.Truncated();
            file.WriteAt(some, offset);
            offset += some.Length;
            left -= some.Length;
            _cancellation.ThrowIfCancellationRequested();
        }
    }

    private void UnpackDirectoryEntry(TarEntry entry, byte[] path)
    {
        using var directory = _root.MakeDirectory(path, out var replacedWhiteout);
        Finish(directory, entry);
        if (replacedWhiteout) directory.MarkOpaque();
        _hasRoot |= path.Length == 0;
        _nameBytes += path.Length;
        if (_nameBytes > MaxNameBytes)
            throw new LayerLimitException("the layer's directory names take too much memory");
        _directoryTimes.Add((path, entry.ModifiedSeconds, entry.ModifiedNanos));
        _diskBytes += BlockBytes;
    }

    /// <summary>Attributes first: chown would take security.capability away again.</summary>
    private static void Finish(FileDescriptor file, TarEntry entry)
    {
        file.SetAttributes(Attributes(entry));
        foreach (var (name, value) in entry.Xattrs)
        {
            if (!IsWanted(name)) continue;
            if (!file.TrySetXattr(name, value) && name.StartsWith("security.", StringComparison.Ordinal))
                throw new IOException(
                    $"the file system cannot store {name}, which \"{EntryPath.Text(entry.Name)}\" needs");
        }
    }

    /// <summary>
    /// Never trusted.*, by which an archive could give overlayfs orders (redirect, opaque, metacopy), nor labels of
    /// another host's policy.
    /// </summary>
    private static bool IsWanted(string xattr) =>
        xattr is "security.capability"
        || (xattr.StartsWith("user.", StringComparison.Ordinal)
            && !xattr.StartsWith("user.overlay.", StringComparison.Ordinal));

    private static NodeAttributes Attributes(TarEntry entry) => new()
    {
        Mode = entry.Mode,
        Uid = Owner(entry.Uid),
        Gid = Owner(entry.Gid),
        ModifiedSeconds = entry.ModifiedSeconds,
        ModifiedNanos = entry.ModifiedNanos,
    };

    /// <summary>The last number means "leave as it is" to chown(2): no owner.</summary>
    private static uint Owner(long id) =>
        id is >= 0 and < uint.MaxValue
            ? (uint)id
            : throw new InvalidDataException($"the owner {id} does not exist on Linux");
}
