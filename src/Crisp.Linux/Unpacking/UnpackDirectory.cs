using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// A directory that an untrusted archive is unpacked into. Names are bytes, as in the archive, relative, without
/// empty, "." or ".." components (the caller cleans them). Every name is resolved by openat2(RESOLVE_IN_ROOT), so
/// that no symlink of the archive leads out; the last component is never followed. Used by one thread at a time, and
/// nobody else writes beneath the directory meanwhile.
/// </summary>
public sealed partial class UnpackDirectory : IDisposable
{
    /// <summary>PATH_MAX, the terminating NUL included.</summary>
    public const int MaxPath = 4096;

    private readonly FileDescriptor _root;
    private readonly byte[] _name = new byte[MaxPath];
    private readonly byte[] _otherName = new byte[MaxPath];
    private FileDescriptor? _parent;
    private byte[] _parentPath = [];

    private UnpackDirectory(FileDescriptor root)
    {
        _root = root;
    }

    /// <summary>Directories that had to be made although the archive has no entry for them, in order.</summary>
    public List<byte[]> ImpliedDirectories { get; } = [];

    public static UnpackDirectory Open(string path) =>
        new(FileDescriptor.Open(path, OpenFlags.Directory | OpenFlags.NoFollow));

    public void Dispose()
    {
        _parent?.Dispose();
        _root.Dispose();
    }

    /// <summary>Opens beneath the root, symlinks resolved within it. Null: not there.</summary>
    private unsafe FileDescriptor? TryResolve(ReadOnlySpan<byte> path, OpenFlags flags)
    {
        if (path.IsEmpty) path = "."u8;
        var how = new OpenHow
        {
            Flags = (ulong)(uint)FileConstants.Native(flags),
            Resolve = PathResolution.InRoot,
        };
        fixed (byte* name = Terminated(path, _name))
        {
            while (true)
            {
                var fd = Libc.syscall(
                    SyscallNumbers.Openat2, _root.Number, (nint)name, (nint)(&how), sizeof(OpenHow), 0);
                if (fd >= 0) return new FileDescriptor((int)fd);
                var errno = FailedCall.LastErrno;
                // EAGAIN: something in the system was renamed while ".." of a symlink was resolved.
                if (errno is Errno.EINTR or Errno.EAGAIN) continue;
                return errno is Errno.ENOENT ? null : throw Failed("openat2", errno, path);
            }
        }
    }

    /// <summary>The name as C wants it, in a buffer of this object.</summary>
    private static byte[] Terminated(ReadOnlySpan<byte> name, byte[] buffer)
    {
        if (name.Length >= buffer.Length || name.Contains((byte)0))
            throw Failed("open", Errno.ENAMETOOLONG, name[..Math.Min(name.Length, 64)]);
        name.CopyTo(buffer);
        buffer[name.Length] = 0;
        return buffer;
    }

    private static ReadOnlySpan<byte> ParentOf(ReadOnlySpan<byte> path) =>
        path[..Math.Max(path.LastIndexOf((byte)'/'), 0)];

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> path) => path[(path.LastIndexOf((byte)'/') + 1)..];

    private static void Check(nint result, string call, ReadOnlySpan<byte> path)
    {
        if (result < 0) throw Failed(call, FailedCall.LastErrno, path);
    }

    private static SyscallException Failed(string call, Errno errno, ReadOnlySpan<byte> path) =>
        new(call, errno, System.Text.Encoding.UTF8.GetString(path));
}
