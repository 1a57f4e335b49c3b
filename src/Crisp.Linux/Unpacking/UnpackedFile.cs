using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>What unpacking does to a file or directory it holds open.</summary>
public static class UnpackedFile
{
    private static ReadOnlySpan<byte> OpaqueName => "trusted.overlay.opaque\0"u8;

    /// <summary>Owner, then mode (chown clears setuid), then time.</summary>
    public static void SetAttributes(this FileDescriptor fd, in NodeAttributes attributes)
    {
        FailedCall.ThrowIfNegative(Libc.fchown(fd.Number, attributes.Uid, attributes.Gid), "fchown");
        FailedCall.ThrowIfNegative(Libc.fchmod(fd.Number, attributes.Mode), "fchmod");
        fd.SetTime(attributes.ModifiedSeconds, attributes.ModifiedNanos);
    }

    public static unsafe void SetTime(this FileDescriptor fd, long seconds, int nanos)
    {
        long* times = stackalloc long[4];
        times[0] = times[2] = seconds;
        times[1] = times[3] = nanos;
        FailedCall.ThrowIfNegative(Libc.futimens(fd.Number, times), "futimens");
    }

    /// <summary>Sets an extended attribute. False: the file system does not have such attributes.</summary>
    public static unsafe bool TrySetXattr(this FileDescriptor fd, string name, ReadOnlySpan<byte> value)
    {
        byte[] bytes = [.. System.Text.Encoding.UTF8.GetBytes(name), 0];
        fixed (byte* c = bytes)
        fixed (byte* v = value)
        {
            if (Libc.fsetxattr(fd.Number, c, v, (nuint)value.Length, 0) == 0) return true;
            var errno = FailedCall.LastErrno;
            return errno is Errno.EOPNOTSUPP ? false : throw new SyscallException("fsetxattr", errno, name);
        }
    }

    /// <summary>An extended attribute of at most so many bytes; null: it has none of that name.</summary>
    public static unsafe byte[]? TryGetXattr(this FileDescriptor fd, string name, int maxBytes)
    {
        byte[] bytes = [.. System.Text.Encoding.UTF8.GetBytes(name), 0];
        var value = new byte[maxBytes];
        fixed (byte* c = bytes)
        fixed (byte* v = value)
        {
            var length = Libc.fgetxattr(fd.Number, c, v, (nuint)maxBytes);
            if (length >= 0) return value[..(int)length];
            var errno = FailedCall.LastErrno;
            return errno is Errno.ENODATA or Errno.EOPNOTSUPP
                ? null
                : throw new SyscallException("fgetxattr", errno, name);
        }
    }

    public static unsafe void MarkOpaque(this FileDescriptor directory)
    {
        var yes = (byte)'y';
        fixed (byte* name = OpaqueName)
            FailedCall.ThrowIfNegative(
                Libc.fsetxattr(directory.Number, name, &yes, 1, 0), "fsetxattr", "trusted.overlay.opaque");
    }

    /// <summary>Writes all of it at an offset; what was skipped is a hole.</summary>
    public static unsafe void WriteAt(this FileDescriptor fd, ReadOnlySpan<byte> content, long offset)
    {
        fixed (byte* start = content)
        {
            var done = 0;
            while (done < content.Length)
            {
                var count = Libc.pwrite(fd.Number, start + done, (nuint)(content.Length - done), offset + done);
                if (count < 0 && FailedCall.LastErrno is Errno.EINTR) continue;
                done += FailedCall.ThrowIfNegative(count, "pwrite");
            }
        }
    }

    public static void SetLength(this FileDescriptor fd, long length) =>
        FailedCall.ThrowIfNegative(Libc.ftruncate(fd.Number, length), "ftruncate");

    internal static unsafe NodeAttributes Attributes(this FileDescriptor fd)
    {
        byte* buffer = stackalloc byte[StatxLayout.Size];
        byte empty = 0;
        FailedCall.ThrowIfNegative(
            Libc.statx(fd.Number, &empty, FileConstants.AT_EMPTY_PATH, StatxLayout.BasicStats, buffer), "statx");
        return new NodeAttributes
        {
            Mode = *(ushort*)(buffer + StatxLayout.Mode) & 0xfffu,
            Uid = *(uint*)(buffer + StatxLayout.Uid),
            Gid = *(uint*)(buffer + StatxLayout.Gid),
            ModifiedSeconds = *(long*)(buffer + StatxLayout.MtimeSeconds),
            ModifiedNanos = *(int*)(buffer + StatxLayout.MtimeNanos),
        };
    }
}
