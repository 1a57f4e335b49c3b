using System.Text;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// Deletes a directory tree of any depth with two descriptors: a directory that is not empty moves up to the top of
/// the tree, to be emptied there, so that no path grows long and no symlink is ever followed. Mounts beneath make it
/// fail with EBUSY.
/// </summary>
public static class TreeRemoval
{
    /// <summary>
    /// Deletes whatever the path names; not there is success. The tree may be half gone after a failure.
    /// </summary>
    public static void Remove(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var fd = Libc.open(
            Path.GetDirectoryName(full) ?? "/", FileConstants.Native(OpenFlags.Directory | OpenFlags.NoFollow), 0);
        if (fd < 0)
        {
            var errno = FailedCall.LastErrno;
            if (errno is Errno.ENOENT) return;
            throw new SyscallException("open", errno, full);
        }
        using var parent = new FileDescriptor(fd);
        Remove(parent, Encoding.UTF8.GetBytes(Path.GetFileName(full)));
    }

    internal static unsafe void Remove(FileDescriptor parent, ReadOnlySpan<byte> name)
    {
        byte[] terminated = [.. name, 0];
        fixed (byte* c = terminated)
        {
            if (TryUnlink(parent, c)) return;
            var fd = Libc.openat(parent.Number, c, FileConstants.Native(OpenFlags.Directory | OpenFlags.NoFollow), 0);
            FailedCall.ThrowIfNegative(fd, "openat", Encoding.UTF8.GetString(name));
            using (var top = new FileDescriptor(fd)) Empty(top);
            FailedCall.ThrowIfNegative(
                Libc.unlinkat(parent.Number, c, FileConstants.AT_REMOVEDIR), "rmdir", Encoding.UTF8.GetString(name));
        }
    }

    /// <summary>Empties the top directory; each pass may move deeper directories up into it.</summary>
    private static void Empty(FileDescriptor top)
    {
        long moved = 0;
        while (EmptyOnce(top, top, ref moved))
        {
        }
    }

    /// <summary>Unlinks the entries of a directory. True: it had entries, so look again.</summary>
    private static unsafe bool EmptyOnce(FileDescriptor directory, FileDescriptor top, ref long moved)
    {
        var any = false;
        var entries = new byte[32 * 1024];
        fixed (byte* buffer = entries)
        {
            while (true)
            {
                var length = FailedCall.ThrowIfNegative(
                    Libc.getdents64(directory.Number, buffer, (nuint)entries.Length), "getdents64");
                if (length == 0) break;
                for (var at = 0; at < length; at += *(ushort*)(buffer + at + DirentLayout.RecordLength))
                {
                    var name = buffer + at + DirentLayout.Name;
                    if (IsDot(name)) continue;
                    any = true;
                    if (!TryUnlink(directory, name)) RemoveSubdirectory(directory, name, top, ref moved);
                }
            }
        }
        if (any) FailedCall.ThrowIfNegative(Libc.lseek(directory.Number, 0, 0), "lseek");
        return any;
    }

    private static unsafe void RemoveSubdirectory(
        FileDescriptor directory, byte* name, FileDescriptor top, ref long moved)
    {
        var isTop = ReferenceEquals(directory, top);
        if (isTop)
        {
            var fd = Libc.openat(
                directory.Number, name, FileConstants.Native(OpenFlags.Directory | OpenFlags.NoFollow), 0);
            FailedCall.ThrowIfNegative(fd, "openat");
            using (var inner = new FileDescriptor(fd))
            {
                while (EmptyOnce(inner, top, ref moved))
                {
                }
            }
            FailedCall.ThrowIfNegative(Libc.unlinkat(directory.Number, name, FileConstants.AT_REMOVEDIR), "rmdir");
            return;
        }
        MoveUp(directory, name, top, ref moved);
    }

    /// <summary>Gives a deeper directory a fresh name at the top; never onto something that is there.</summary>
    private static unsafe void MoveUp(FileDescriptor directory, byte* name, FileDescriptor top, ref long moved)
    {
        const uint RENAME_NOREPLACE = 1;
        while (true)
        {
            var fresh = Encoding.ASCII.GetBytes($".crisp-removing-{moved++}\0");
            fixed (byte* to = fresh)
            {
                if (Libc.renameat2(directory.Number, name, top.Number, to, RENAME_NOREPLACE) == 0) return;
                var errno = FailedCall.LastErrno;
                if (errno is not Errno.EEXIST) throw new SyscallException("renameat2", errno);
            }
        }
    }

    /// <summary>Removes a file, an empty directory or nothing. False: a directory that is not empty.</summary>
    private static unsafe bool TryUnlink(FileDescriptor directory, byte* name)
    {
        if (Libc.unlinkat(directory.Number, name, 0) == 0) return true;
        var errno = FailedCall.LastErrno;
        if (errno is Errno.ENOENT) return true;
        if (errno is not (Errno.EISDIR or Errno.EPERM)) throw new SyscallException("unlinkat", errno);
        if (Libc.unlinkat(directory.Number, name, FileConstants.AT_REMOVEDIR) == 0) return true;
        errno = FailedCall.LastErrno;
        return errno is Errno.ENOTEMPTY or Errno.EEXIST ? false : throw new SyscallException("rmdir", errno);
    }

    private static unsafe bool IsDot(byte* name) =>
        name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));
}
