using Crisp.Linux;

namespace Crisp.Pods.Checkpoints;

/// <summary>
/// Writes what a container has changed as a tar archive, from the writable directory of its overlay: what was deleted
/// (0/0 devices) is gathered apart, and a directory that hides all of the image's gets the image spec's opaque marker.
/// File capabilities and the container's own attributes (user.*) go along, holes of files stay holes. No link is
/// followed. The container is paused meanwhile.
/// </summary>
internal sealed class RootDiff(string diff, PaxArchive archive)
{
    private const string Opaque = ".wh..wh..opq";
    private const string OpaqueXattr = "trusted.overlay.opaque";
    private const int MostXattrBytes = 16;
    private const int PermissionBits = 0xfff;

    /// <summary>Pieces of one file that has holes; readers of archives have a bound on them.</summary>
    private const int MostSegments = 32 * 1024;

    private readonly Dictionary<ulong, string> _linked = [];

    /// <summary>Paths from the container's root, with a slash in front.</summary>
    internal List<string> Deleted { get; } = [];

    internal void Write() => WriteDirectory("");

    private void WriteDirectory(string path)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(Path.Combine(diff, path))
            .Order(StringComparer.Ordinal))
        {
            var name = path.Length == 0 ? Path.GetFileName(entry) : $"{path}/{Path.GetFileName(entry)}";
            if (FileStatus.Of(entry) is { } status)
                Write(name, entry, status);
        }
    }

    private void Write(string name, string path, FileStatus status)
    {
        if (status is { IsCharacterDevice: true, Special: (0, 0) })
            Deleted.Add("/" + name);
        else if (status.IsDirectory)
            WriteDirectory(name, path, status);
        else if (status.Links > 1 && !_linked.TryAdd(status.Inode, name))
            archive.Write(new PaxEntry { Name = name, Type = '1', LinkName = _linked[status.Inode] });
        else if (status.IsRegularFile)
            WriteFile(name, path, status);
        else if (EntryOf(name, path, status) is { } entry)
            archive.Write(entry);
    }

    private void WriteDirectory(string name, string path, FileStatus status)
    {
        using (var directory = FileDescriptor.Open(path, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow))
        {
            archive.Write(Entry(name + "/", '5', status) with { Xattrs = directory.Xattrs(IsWanted) });
            if (directory.TryGetXattr(OpaqueXattr, MostXattrBytes) is [(byte)'y'])
                archive.Write(new PaxEntry { Name = $"{name}/{Opaque}", Type = '0' });
        }

        WriteDirectory(name);
    }

    private void WriteFile(string name, string path, FileStatus status)
    {
        using var file = FileDescriptor.Open(path, OpenFlags.ReadOnly | OpenFlags.NoFollow);
        var entry = Entry(name, '0', status) with { Xattrs = file.Xattrs(IsWanted) };
        IReadOnlyList<(long, long)> segments = file.DataSegments(status.SizeBytes, MostSegments);
        using var content = file.MoveToFileHandle();
        archive.Write(entry, content, status.SizeBytes, segments);
    }

    /// <summary>Null for a socket, which has no content without its process.</summary>
    private static PaxEntry? EntryOf(string name, string path, FileStatus status) => status switch
    {
        { IsSymlink: true } => Entry(name, '2', status) with { LinkName = new FileInfo(path).LinkTarget! }, // it is one
        { IsBlockDevice: true } => Entry(name, '4', status) with { Device = status.Special },
        { IsCharacterDevice: true } => Entry(name, '3', status) with { Device = status.Special },
        { IsFifo: true } => Entry(name, '6', status),
        _ => null,
    };

    private static PaxEntry Entry(string name, char type, FileStatus status) => new()
    {
        Name = name,
        Type = type,
        Mode = status.Mode & PermissionBits,
        Uid = status.Uid,
        Gid = status.Gid,
        ModifiedAt = status.ModifiedAt,
    };

    /// <summary>
    /// What unpacking takes again: never overlayfs's own, nor labels of this host's policy. A pax record cannot say a
    /// name with an equals sign.
    /// </summary>
    private static bool IsWanted(string xattr) =>
        xattr is "security.capability"
        || (xattr.StartsWith("user.", StringComparison.Ordinal)
            && !xattr.StartsWith("user.overlay.", StringComparison.Ordinal) && !xattr.Contains('='));
}
