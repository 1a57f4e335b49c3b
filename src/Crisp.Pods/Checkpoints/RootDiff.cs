using System.Formats.Tar;
using Crisp.Linux;

namespace Crisp.Pods.Checkpoints;

/// <summary>
/// Writes what a container has changed as a tar archive, from the writable directory of its overlay: what was deleted
/// (0/0 devices) is gathered apart, and a directory that hides all of the image's gets the image spec's opaque marker.
/// No link is followed, and extended attributes (file capabilities) stay behind. The container is paused meanwhile.
/// </summary>
internal sealed class RootDiff(string diff, TarWriter archive)
{
    private const string Opaque = ".wh..wh..opq";
    private const string OpaqueXattr = "trusted.overlay.opaque";
    private const int MostXattrBytes = 16;
    private const int PermissionBits = 0xfff;

    private readonly Dictionary<ulong, string> _linked = [];

    /// <summary>Paths from the container's root, with a slash in front.</summary>
    internal List<string> Deleted { get; } = [];

    internal void Write() => WriteDirectory("");

    private void WriteDirectory(string path)
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(Path.Combine(diff, path)).Order(StringComparer.Ordinal))
        {
            string name = path.Length == 0 ? Path.GetFileName(entry) : $"{path}/{Path.GetFileName(entry)}";
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
            archive.WriteEntry(new PaxTarEntry(TarEntryType.HardLink, name) { LinkName = _linked[status.Inode] });
        else if (EntryOf(name, path, status) is { } entry)
            WriteEntry(entry, path, status);
    }

    private void WriteDirectory(string name, string path, FileStatus status)
    {
        archive.WriteEntry(WithAttributes(new PaxTarEntry(TarEntryType.Directory, name + "/"), status));
        if (IsOpaque(path))
            archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"{name}/{Opaque}"));
        WriteDirectory(name);
    }

    private void WriteEntry(PaxTarEntry entry, string path, FileStatus status)
    {
        WithAttributes(entry, status);
        if (entry.EntryType != TarEntryType.RegularFile)
        {
            archive.WriteEntry(entry);
            return;
        }

        using FileStream content = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        entry.DataStream = content;
        archive.WriteEntry(entry);
    }

    /// <summary>Null for a socket, which has no content without its process.</summary>
    private static PaxTarEntry? EntryOf(string name, string path, FileStatus status) => status switch
    {
        { IsSymlink: true } => new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = new FileInfo(path).LinkTarget! }, // it is one
        { IsBlockDevice: true } => Device(TarEntryType.BlockDevice, name, status),
        { IsCharacterDevice: true } => Device(TarEntryType.CharacterDevice, name, status),
        { IsFifo: true } => new PaxTarEntry(TarEntryType.Fifo, name),
        { IsRegularFile: true } => new PaxTarEntry(TarEntryType.RegularFile, name),
        _ => null,
    };

    private static PaxTarEntry Device(TarEntryType type, string name, FileStatus status) =>
        new(type, name) { DeviceMajor = (int)status.Special.Major, DeviceMinor = (int)status.Special.Minor };

    private static PaxTarEntry WithAttributes(PaxTarEntry entry, FileStatus status)
    {
        entry.Mode = (UnixFileMode)(status.Mode & PermissionBits);
        entry.Uid = (int)status.Uid;
        entry.Gid = (int)status.Gid;
        entry.ModificationTime = status.ModifiedAt;
        return entry;
    }

    private static bool IsOpaque(string path)
    {
        using FileDescriptor directory = FileDescriptor.Open(path, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow);
        return directory.TryGetXattr(OpaqueXattr, MostXattrBytes) is [(byte)'y'];
    }
}
