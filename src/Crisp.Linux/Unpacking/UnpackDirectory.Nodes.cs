using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

public sealed partial class UnpackDirectory
{
    /// <summary>A new regular file, open for writing; whatever had the name is gone.</summary>
    public unsafe FileDescriptor CreateFile(ReadOnlySpan<byte> path)
    {
        var parent = Parent(path);
        const OpenFlags Flags = OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.NoFollow;
        for (var attempt = 0; ; attempt++)
        {
            fixed (byte* name = Terminated(NameOf(path), _name))
            {
                var fd = Libc.openat(parent.Number, name, FileConstants.Native(Flags), 0x180);
                if (fd >= 0) return new FileDescriptor(fd);
            }
            if (!ClearedForRetry(FailedCall.LastErrno, attempt, parent, path))
                throw FailedCall.Last("openat", Text(path));
        }
    }

    /// <summary>
    /// A directory: made, or left with what it holds where it is one already. The answer is open for attributes.
    /// </summary>
    /// <param name="path">The name; empty is the root itself.</param>
    /// <param name="replacedWhiteout">A whiteout of this archive was there: the directory must hide what lies
    /// below.</param>
    public unsafe FileDescriptor MakeDirectory(ReadOnlySpan<byte> path, out bool replacedWhiteout)
    {
        replacedWhiteout = false;
        if (path.IsEmpty) return TryResolve(path, OpenFlags.Directory) ?? throw Failed("open", Errno.ENOENT, path);
        var parent = Parent(path);
        for (var attempt = 0; ; attempt++)
        {
            fixed (byte* name = Terminated(NameOf(path), _name))
            {
                if (Libc.mkdirat(parent.Number, name, 0x1c0) == 0) break;
                var errno = FailedCall.LastErrno;
                var existing = StateAt(parent, name);
                if (errno is Errno.EEXIST && existing is NodeState.Directory) break;
                replacedWhiteout |= existing is NodeState.Whiteout;
                if (!ClearedForRetry(errno, attempt, parent, path)) throw Failed("mkdirat", errno, path);
            }
        }
        fixed (byte* name = Terminated(NameOf(path), _name))
        {
            var fd = Libc.openat(
                parent.Number, name, FileConstants.Native(OpenFlags.Directory | OpenFlags.NoFollow), 0);
            Check(fd, "openat", path);
            return new FileDescriptor(fd);
        }
    }

    public unsafe void MakeSymlink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target, in NodeAttributes attributes)
    {
        var parent = Parent(path);
        fixed (byte* to = Terminated(target, _otherName))
        {
            for (var attempt = 0; ; attempt++)
            {
                fixed (byte* name = Terminated(NameOf(path), _name))
                {
                    if (Libc.symlinkat(to, parent.Number, name) == 0) break;
                }
                if (!ClearedForRetry(FailedCall.LastErrno, attempt, parent, path))
                    throw FailedCall.Last("symlinkat", Text(path));
            }
        }
        SetAttributes(parent, path, attributes, changeMode: false);
    }

    public unsafe void MakeNode(
        ReadOnlySpan<byte> path, NodeKind kind, uint major, uint minor, in NodeAttributes attributes)
    {
        var type = kind switch
        {
            NodeKind.CharacterDevice => FileTypes.S_IFCHR,
            NodeKind.BlockDevice => FileTypes.S_IFBLK,
            _ => FileTypes.S_IFIFO,
        };
        var parent = MakeNode(path, type, kind is NodeKind.Fifo ? 0 : MakeDevice(major, minor));
        SetAttributes(parent, path, attributes, changeMode: true);
    }

    /// <summary>A second name for a file unpacked before. False: there is no such file.</summary>
    public unsafe bool TryMakeHardLink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target)
    {
        using var from = TryResolve(ParentOf(target), OpenFlags.Directory | OpenFlags.PathOnly);
        if (from is null) return false;
        var parent = Parent(path);
        for (var attempt = 0; ; attempt++)
        {
            Errno errno;
            fixed (byte* existing = Terminated(NameOf(target), _otherName))
            fixed (byte* name = Terminated(NameOf(path), _name))
            {
                if (StateAt(from, existing) is NodeState.Absent) return false;
                if (Libc.linkat(from.Number, existing, parent.Number, name, 0) == 0) return true;
                errno = FailedCall.LastErrno;
            }
            if (path.SequenceEqual(target)) return true;
            if (!ClearedForRetry(errno, attempt, parent, path)) throw Failed("linkat", errno, path);
        }
    }

    private unsafe FileDescriptor MakeNode(ReadOnlySpan<byte> path, uint type, ulong device)
    {
        var parent = Parent(path);
        for (var attempt = 0; ; attempt++)
        {
            fixed (byte* name = Terminated(NameOf(path), _name))
            {
                if (Libc.mknodat(parent.Number, name, type, device) == 0) return parent;
            }
            if (!ClearedForRetry(FailedCall.LastErrno, attempt, parent, path))
                throw FailedCall.Last("mknodat", Text(path));
        }
    }

    /// <summary>Removes what is in the way, once. False: that was not the reason, or it did not help.</summary>
    private static bool ClearedForRetry(Errno errno, int attempt, FileDescriptor parent, ReadOnlySpan<byte> path)
    {
        if (errno is not Errno.EEXIST || attempt > 0) return false;
        TreeRemoval.Remove(parent, NameOf(path));
        return true;
    }

    /// <summary>makedev(3).</summary>
    private static ulong MakeDevice(uint major, uint minor) =>
        (((ulong)major & 0xfffff000) << 32)
            | (((ulong)major & 0xfff) << 8) | (((ulong)minor & 0xffffff00) << 12) | (minor & 0xff);

    private static string Text(ReadOnlySpan<byte> path) => System.Text.Encoding.UTF8.GetString(path);
}
