using System.Text;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// A directory whose contents are not trusted, such as a container's root. Every access walks by openat2(2) with
/// this directory as "/": no name in it, symlink or "..", leads out.
/// </summary>
public sealed class RootedDirectory : IDisposable
{
    /// <summary>Bytes; the kernel's PATH_MAX.</summary>
    private const int MaxTarget = 4096;

    private readonly FileDescriptor _root;

    private RootedDirectory(FileDescriptor root) => _root = root;

    /// <summary>The path must be of this process's own making.</summary>
    public static RootedDirectory Open(string path) =>
        new(FileDescriptor.Open(path, OpenFlags.PathOnly | OpenFlags.Directory));

    /// <summary>Opens a file inside; the mode is for one that is created. Symlinks stay inside.</summary>
    public FileDescriptor OpenFile(string relative, OpenFlags flags, int mode = 0) =>
        TryOpen(relative, flags, mode, out var errno) ?? throw new SyscallException("openat2", errno, relative);

    /// <summary>Null when it, or a directory on the way to it, does not exist.</summary>
    public FileDescriptor? TryOpenFile(string relative, OpenFlags flags, int mode = 0) =>
        TryOpen(relative, flags, mode, out var errno)
        ?? (errno is Errno.ENOENT or Errno.ENOTDIR ? null : throw new SyscallException("openat2", errno, relative));

    /// <summary>
    /// The content of a regular file; null when it is absent. Anything that is no regular file (a FIFO would block, a
    /// device has no end) or is longer than allowed is an error.
    /// </summary>
    public byte[]? ReadFile(string relative, int maxBytes)
    {
        const OpenFlags Flags = OpenFlags.ReadOnly | OpenFlags.NonBlocking | OpenFlags.NoControllingTerminal;
        using var file = TryOpenFile(relative, Flags);
        if (file is null)
            return null;
        if (!FileStatus.Of(file).IsRegularFile)
            throw new SyscallException("read", Errno.EINVAL, relative);
        return file.ReadToEnd(maxBytes) ?? throw new SyscallException("read", Errno.EFBIG, relative);
    }

    /// <summary>
    /// Makes a symlink in a directory that is there. False: the name is taken, or there is no such directory.
    /// </summary>
    public unsafe bool TryCreateSymlink(string directory, string name, string target)
    {
        using var parent = TryOpenFile(directory, OpenFlags.PathOnly | OpenFlags.Directory);
        if (parent is null)
            return false;
        fixed (byte* to = Encoding.UTF8.GetBytes(target + "\0"), from = Encoding.UTF8.GetBytes(name + "\0"))
        {
            if (Libc.symlinkat(to, parent.Number, from) == 0)
                return true;
        }

        return FailedCall.LastErrno == Errno.EEXIST ? false : throw FailedCall.Last("symlinkat", $"{directory}/{name}");
    }

    /// <summary>The target of a symlink, as bytes; null when there is none at that name.</summary>
    public unsafe byte[]? TryReadLink(string relative)
    {
        using var link = TryOpenFile(relative, OpenFlags.PathOnly | OpenFlags.NoFollow);
        if (link is null || !FileStatus.Of(link).IsSymlink)
            return null;
        var target = new byte[MaxTarget];
        fixed (byte* itself = "\0"u8, buffer = target)
        {
            nint length = Libc.readlinkat(link.Number, itself, buffer, MaxTarget);
            return target[..FailedCall.ThrowIfNegative(length, "readlinkat", relative)];
        }
    }

    /// <summary>
    /// What is there; null when nothing is. A final symlink is followed (inside) unless told otherwise.
    /// </summary>
    public FileStatus? Status(string relative, bool follow = true)
    {
        using var file = TryOpenFile(
            relative, OpenFlags.PathOnly | (follow ? OpenFlags.ReadOnly : OpenFlags.NoFollow));
        return file is null ? null : FileStatus.Of(file);
    }

    /// <summary>Makes a directory and those on the way to it; the ones that exist stay as they are.</summary>
    public void CreateDirectories(string relative, int mode = 0x1ed) => // 0755
        CreateDirectories(relative, mode, owner: null);

    /// <summary>The same; the new ones get an owner.</summary>
    public void CreateDirectories(string relative, int mode, (uint Uid, uint Gid)? owner)
    {
        var walked = "";
        foreach (var name in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var parent = walked;
            walked = walked.Length == 0 ? name : $"{walked}/{name}";
            if (IsDirectory(walked))
                continue;
            using var directory = OpenDirectory(parent);
            if (Libc.mkdirat(directory.Number, name, (uint)mode) < 0 && FailedCall.LastErrno != Errno.EEXIST)
                throw FailedCall.Last("mkdirat", walked);
            using var made = OpenDirectory(walked);
            if (owner is var (uid, gid))
                Own(made, uid, gid, walked);
        }
    }

    /// <summary>
    /// A directory inside, as a place to work in or as a mount source (<see cref="FileDescriptor.ProcPath"/>).
    /// </summary>
    public FileDescriptor OpenDirectory(string relative) =>
        OpenFile(relative.Length == 0 ? "." : relative, OpenFlags.PathOnly | OpenFlags.Directory);

    public void Dispose() => _root.Dispose();

    private static unsafe void Own(FileDescriptor directory, uint uid, uint gid, string path)
    {
        fixed (byte* itself = "\0"u8)
            FailedCall.ThrowIfNegative(
                Libc.fchownat(directory.Number, itself, uid, gid, FileConstants.AT_EMPTY_PATH), "fchownat", path);
    }

    private bool IsDirectory(string relative)
    {
        using var found = TryOpen(relative, OpenFlags.PathOnly | OpenFlags.Directory, 0, out var errno);
        return found is not null ||
            (errno == Errno.ENOENT ? false : throw new SyscallException("openat2", errno, relative));
    }

    private FileDescriptor? TryOpen(string relative, OpenFlags flags, int mode, out Errno errno) =>
        PathResolution.TryOpen(_root, relative, flags, mode, PathResolution.InRoot, out errno);
}
