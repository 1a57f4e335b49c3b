using System.Text;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// Labels a tree that others may change meanwhile: a volume, in which containers run. Each name is opened beneath the
/// directory that it was read from, its symlinks never followed and no mount crossed (openat2(2)), and labelled by that
/// descriptor: nothing outside of the tree is reached, whatever is renamed.
/// </summary>
public sealed class LabelledTree
{
    /// <summary>Each level holds a descriptor; paths of programs end at half of it (PATH_MAX).</summary>
    private const int MostLevels = 2048;

    private const int EntryBytes = 4096;

    private readonly FileLabel _label;
    private readonly CancellationToken _cancellation;
    private readonly List<string> _names = [];

    private LabelledTree(FileLabel label, CancellationToken cancellation)
    {
        _label = label;
        _cancellation = cancellation;
    }

    /// <summary>
    /// False: the file system has no labels of its own (it was mounted with one for all, or is of a kind without).
    /// </summary>
    /// <exception cref="SyscallException">It cannot be labelled; the path beneath the top is said.</exception>
    /// <param name="top">A file or directory, opened by path only.</param>
    /// <param name="label">What all of it gets.</param>
    /// <param name="cancellation">Looked at before each file.</param>
    public static bool TrySet(FileDescriptor top, FileLabel label, CancellationToken cancellation)
    {
        LabelledTree tree = new(label, cancellation);
        if (!tree.Label(top))
            return false;
        if (FileStatus.Of(top).IsDirectory)
            tree.Walk(top);
        return true;
    }

    /// <summary>False: not here.</summary>
    private bool Label(FileDescriptor file)
    {
        _cancellation.ThrowIfCancellationRequested();
        return _label.Set(file) switch
        {
            Errno.None => true,
            Errno.EOPNOTSUPP => false,
            Errno errno => throw Failed("setxattr", errno),
        };
    }

    private unsafe void Walk(FileDescriptor directory)
    {
        if (_names.Count == MostLevels)
            throw Failed("open", Errno.ENAMETOOLONG);
        using FileDescriptor? list = PathResolution.TryOpen(
            directory, ".", OpenFlags.Directory, 0, PathResolution.BeneathWithoutLinks, out Errno errno);
        if (list is null)
            throw Failed("open", errno);
        byte[] entries = new byte[EntryBytes];
        while (true)
        {
            int length;
            fixed (byte* buffer = entries)
                length = FailedCall.ThrowIfNegative(
                    Libc.getdents64(list.Number, buffer, (nuint)entries.Length), "getdents64");
            if (length == 0)
                return;
            for (int at = 0; at < length; at += BitConverter.ToUInt16(entries, at + DirentLayout.RecordLength))
                Visit(list, NameAt(entries, at));
        }
    }

    /// <summary>What is gone meanwhile needs no label, and what is mounted here is no part of the tree.</summary>
    private void Visit(FileDescriptor directory, ReadOnlySpan<byte> name)
    {
        if (name is [(byte)'.'] or [(byte)'.', (byte)'.'])
            return;
        _names.Add(Encoding.UTF8.GetString(name));
        using (FileDescriptor? entry = PathResolution.TryOpen(
            directory, name, OpenFlags.PathOnly | OpenFlags.NoFollow, 0, PathResolution.BeneathOnThisMount,
            out Errno errno))
        {
            if (entry is null)
            {
                if (errno is not (Errno.ENOENT or Errno.EXDEV))
                    throw Failed("open", errno);
            }
            else if (Label(entry) && FileStatus.Of(entry).IsDirectory)
            {
                Walk(entry);
            }
        }

        _names.RemoveAt(_names.Count - 1);
    }

    private static ReadOnlySpan<byte> NameAt(byte[] entries, int at)
    {
        ReadOnlySpan<byte> name = entries.AsSpan(at + DirentLayout.Name);
        return name[..name.IndexOf((byte)0)];
    }

    private SyscallException Failed(string call, Errno errno) =>
        new($"{call} {_label.Text}",
            errno, _names.Count == 0 ? null : string.Join('/', _names.Count > 16 ? [.. _names.Take(16), "…"] : _names));
}
