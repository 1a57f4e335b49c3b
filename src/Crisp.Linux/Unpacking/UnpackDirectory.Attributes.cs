using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

public sealed partial class UnpackDirectory
{
    /// <summary>
    /// Sets a directory's modification time, after the last thing in it was made. A name that is no directory any more,
    /// because a later entry took it, is left alone.
    /// </summary>
    public void SetDirectoryTime(ReadOnlySpan<byte> path, long seconds, int nanos)
    {
        FileDescriptor? directory;
        try
        {
            directory = TryResolve(path, OpenFlags.Directory | OpenFlags.NoFollow);
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOTDIR or Errno.ELOOP)
        {
            return;
        }
        using (directory) directory?.SetTime(seconds, nanos);
    }

    /// <summary>
    /// Gives a directory that no entry described the mode, owner and time it has in a layer below.
    /// </summary>
    /// <returns>How far to look on: null where the layer below does not know the name.</returns>
    public unsafe NodeAttributes? DirectoryAttributes(ReadOnlySpan<byte> path)
    {
        FileDescriptor? directory;
        try
        {
            directory = TryResolve(path, OpenFlags.Directory | OpenFlags.NoFollow);
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOTDIR or Errno.ELOOP)
        {
            return null;
        }
        using (directory) return directory?.Attributes();
    }

    /// <summary>
    /// For what has no descriptor: links and special files. Order: owner, then mode (chown clears setuid), then time.
    /// </summary>
    private unsafe void SetAttributes(
        FileDescriptor parent, ReadOnlySpan<byte> path, in NodeAttributes attributes, bool changeMode)
    {
        fixed (byte* name = Terminated(NameOf(path), _name))
        {
            Check(
                Libc.fchownat(parent.Number, name, attributes.Uid, attributes.Gid, FileConstants.AT_SYMLINK_NOFOLLOW),
                "fchownat", path);
            if (changeMode) Check(Libc.fchmodat(parent.Number, name, attributes.Mode, 0), "fchmodat", path);
            long* times = stackalloc long[4];
            times[0] = times[2] = attributes.ModifiedSeconds;
            times[1] = times[3] = attributes.ModifiedNanos;
            Check(Libc.utimensat(parent.Number, name, times, FileConstants.AT_SYMLINK_NOFOLLOW), "utimensat", path);
        }
    }
}
