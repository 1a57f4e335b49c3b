using System.Security.Cryptography;
using Crisp.Linux;
using Crisp.OciSpec;

namespace Crisp.Images.Layers;

/// <summary>
/// Unpacks one layer's archive into an empty directory, as overlayfs wants it: whiteouts become 0/0 devices, opaque
/// markers an attribute (image-spec layer.md; kernel doc overlayfs). Blocking; runs on a thread of its own.
/// </summary>
internal sealed partial class LayerUnpacker
{
    private const int BlockBytes = 4096;

    private readonly UnpackDirectory _root;
    private readonly TarReader _archive;
    private readonly Limits _limits;
    private readonly CancellationToken _cancellation;
    private readonly List<(byte[] Path, long Seconds, int Nanos)> _directoryTimes = [];
    private bool _hasRoot;
    private long _nameBytes;
    private long _entries;
    private long _bytes;
    private long _diskBytes = BlockBytes;

    private LayerUnpacker(UnpackDirectory root, TarReader archive, Limits limits, CancellationToken cancellation)
    {
        _root = root;
        _archive = archive;
        _limits = limits;
        _cancellation = cancellation;
    }

    public static LayerContent Unpack(
        Stream uncompressed, string directory, DigestAlgorithm algorithm, Limits limits, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(
            algorithm is DigestAlgorithm.Sha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512);
        using var input = new ArchiveInput(uncompressed, hash, limits.UnpackedLayerBytes);
        using var root = UnpackDirectory.Open(directory);
        var unpacker = new LayerUnpacker(root, new TarReader(input, limits), limits, cancellation);
        unpacker.UnpackEntries();
        // No entry for the root either: it looks like the layer below says.
        if (!unpacker._hasRoot) root.ImpliedDirectories.Add([]);
        input.Drain();
        return new LayerContent(
            Digest.FromHash(algorithm, hash.GetHashAndReset()), unpacker._bytes, unpacker._diskBytes,
            unpacker._entries + root.ImpliedDirectories.Count, root.ImpliedDirectories);
    }

    private void UnpackEntries()
    {
        while (_archive.Next() is { } entry)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (++_entries > _limits.LayerEntries)
                throw new LayerLimitException($"the layer has more than {_limits.LayerEntries} entries");
            Unpack(entry, EntryPath.Clean(entry.Name));
        }
        // Directories get their times last, the deepest first or not: setting one does not touch another's.
        foreach (var (path, seconds, nanos) in _directoryTimes) _root.SetDirectoryTime(path, seconds, nanos);
    }

    private void Unpack(TarEntry entry, byte[] path)
    {
        if (EntryPath.IsOpaqueMarker(path))
        {
            _root.MakeOpaque(EntryPath.ParentOf(path));
            return;
        }
        if (EntryPath.IsReserved(path)) return;
        if (EntryPath.WhiteoutTarget(path) is { } hidden)
        {
            _root.MakeWhiteout(hidden);
            return;
        }
        if (entry.Type is TarEntryType.Directory || IsOldDirectory(entry)) UnpackDirectoryEntry(entry, path);
        else if (path.Length == 0) throw new InvalidDataException("the archive replaces the root by something else");
        else UnpackOther(entry, path);
    }

    private void UnpackOther(TarEntry entry, byte[] path)
    {
        switch (entry.Type)
        {
            case TarEntryType.OldRegular or TarEntryType.Regular or TarEntryType.Contiguous or TarEntryType.GnuSparse:
                UnpackFile(entry, path);
                break;
            case TarEntryType.Symlink:
                _root.MakeSymlink(path, entry.LinkName, Attributes(entry));
                break;
            case TarEntryType.HardLink:
                if (!_root.TryMakeHardLink(path, EntryPath.Clean(entry.LinkName)))
                    throw new InvalidDataException(
                        $"\"{EntryPath.Text(path)}\" is a hard link to \"{EntryPath.Text(entry.LinkName)}\", which the layer does not have");
                break;
            case TarEntryType.CharacterDevice or TarEntryType.BlockDevice or TarEntryType.Fifo:
                _root.MakeNode(path, KindOf(entry.Type), entry.DeviceMajor, entry.DeviceMinor, Attributes(entry));
                break;
            default:
                throw new InvalidDataException(
                    $"\"{EntryPath.Text(path)}\" has the unknown tar type {(byte)entry.Type}");
        }
    }

    /// <summary>Before POSIX a directory was a file whose name ends in a slash.</summary>
    private static bool IsOldDirectory(TarEntry entry) =>
        entry.Type is TarEntryType.OldRegular && entry.Name.AsSpan().EndsWith("/"u8);

    private static NodeKind KindOf(TarEntryType type) => type switch
    {
        TarEntryType.CharacterDevice => NodeKind.CharacterDevice,
        TarEntryType.BlockDevice => NodeKind.BlockDevice,
        _ => NodeKind.Fifo,
    };
}
