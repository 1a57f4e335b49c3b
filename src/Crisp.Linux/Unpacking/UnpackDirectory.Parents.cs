using Crisp.Linux.Interop;

namespace Crisp.Linux;

public sealed partial class UnpackDirectory
{
    /// <summary>Directories to be made and dangling symlinks to be followed for one name.</summary>
    private const int MaxDepth = 300;

    /// <summary>Bytes of names kept for directories without an entry; a name of 4 KB can imply 2,000 of them.</summary>
    private const long MaxImpliedBytes = 64 << 20;

    private long _impliedBytes;

    /// <summary>The directory a name lies in; made with its own parents where the archive forgot it.</summary>
    private FileDescriptor Parent(ReadOnlySpan<byte> path)
    {
        var parent = ParentOf(path);
        if (_parent is not null && parent.SequenceEqual(_parentPath)) return _parent;
        var directory = OpenDirectory(parent, 0);
        _parent?.Dispose();
        _parent = directory;
        _parentPath = parent.ToArray();
        return directory;
    }

    private FileDescriptor OpenDirectory(ReadOnlySpan<byte> path, int depth)
    {
        if (TryResolve(path, OpenFlags.Directory) is { } there) return there;
        if (depth >= MaxDepth) throw Failed("open", Errno.ELOOP, path);
        var name = NameOf(path);
        using var above = OpenDirectory(ParentOf(path), depth + 1);
        if (TryMakeImplied(above, name))
        {
            Remember(path);
            return TryResolve(path, OpenFlags.Directory) ?? throw Failed("open", Errno.ENOENT, path);
        }
        // The name exists and still leads nowhere: a symlink to a directory that is not in this archive.
        return OpenDirectory(Redirected(ParentOf(path), ReadLink(above, name)), depth + 1);
    }

    private void Remember(ReadOnlySpan<byte> path)
    {
        _impliedBytes += path.Length;
        if (_impliedBytes > MaxImpliedBytes)
            throw new InvalidDataException("the archive leaves out too many directories");
        ImpliedDirectories.Add(path.ToArray());
    }

    private unsafe bool TryMakeImplied(FileDescriptor above, ReadOnlySpan<byte> name)
    {
        fixed (byte* c = Terminated(name, _name))
        {
            if (Libc.mkdirat(above.Number, c, 0x1ed) == 0)
            {
                // The mask of the process does not decide.
                Check(Libc.fchmodat(above.Number, c, 0x1ed, 0), "fchmodat", name);
                return true;
            }
            var errno = FailedCall.LastErrno;
            return errno is Errno.EEXIST ? false : throw Failed("mkdirat", errno, name);
        }
    }

    private unsafe byte[] ReadLink(FileDescriptor directory, ReadOnlySpan<byte> name)
    {
        var target = new byte[MaxPath];
        fixed (byte* c = Terminated(name, _name))
        fixed (byte* buffer = target)
        {
            var length = Libc.readlinkat(directory.Number, c, buffer, MaxPath);
            Check(length, "readlinkat", name);
            return target[..(int)length];
        }
    }

    /// <summary>A link's target from the root, ".." resolved by text and clamped at the root.</summary>
    private static byte[] Redirected(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> target)
    {
        List<byte> path = target.StartsWith("/"u8) ? [] : [.. directory];
        foreach (var part in target.Split((byte)'/'))
        {
            var name = target[part];
            if (name.IsEmpty || name.SequenceEqual("."u8)) continue;
            if (name.SequenceEqual(".."u8))
            {
                path.RemoveRange(
                    Math.Max(path.LastIndexOf((byte)'/'), 0), path.Count - Math.Max(path.LastIndexOf((byte)'/'), 0));
                continue;
            }
            if (path.Count > 0) path.Add((byte)'/');
            path.AddRange(name);
        }
        return [.. path];
    }
}
