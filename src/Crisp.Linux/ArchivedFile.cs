using System.Text;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>What archiving wants to know of a file or directory that it holds open, beside its status.</summary>
public static class ArchivedFile
{
    /// <summary>XATTR_LIST_MAX and XATTR_SIZE_MAX of limits.h: what the kernel itself allows.</summary>
    private const int MostXattrBytes = 65536;

    /// <summary>
    /// Names and values of the extended attributes that are wanted; none where the file system has no such things.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, byte[]>> Xattrs(
        this FileDescriptor file, Func<string, bool> wanted) =>
        [.. file.XattrNames().Where(wanted)
            .Select(name => KeyValuePair.Create(name, file.TryGetXattr(name, MostXattrBytes)))
            .Where(xattr => xattr.Value is not null)
            .Select(xattr => KeyValuePair.Create(xattr.Key, xattr.Value!))]; // by the line above

    /// <summary>
    /// The pieces of a file that are not holes (lseek(2), SEEK_DATA); a file system that knows none has one. After so
    /// many pieces the last goes on to the end.
    /// </summary>
    public static IReadOnlyList<(long Offset, long Length)> DataSegments(this FileDescriptor file, long size, int most)
    {
        List<(long, long)> segments = [];
        for (long end = 0; end < size;)
        {
            var start = Seek(file, end, FileConstants.SEEK_DATA) ?? size;
            if (start >= size)
                break;
            end = segments.Count + 1 == most
                ? size
                : Math.Min(Seek(file, start, FileConstants.SEEK_HOLE) ?? size, size);
            segments.Add((start, end - start));
        }

        return segments;
    }

    private static unsafe string[] XattrNames(this FileDescriptor file)
    {
        var list = new byte[MostXattrBytes];
        fixed (byte* start = list)
        {
            var length = Libc.flistxattr(file.Number, start, MostXattrBytes);
            if (length >= 0)
                return Encoding.UTF8.GetString(list, 0, (int)length).Split('\0', StringSplitOptions.RemoveEmptyEntries);
            var errno = FailedCall.LastErrno;
            return errno is Errno.EOPNOTSUPP ? [] : throw new SyscallException("flistxattr", errno);
        }
    }

    /// <summary>Null: there is nothing of the kind up to the end.</summary>
    private static long? Seek(FileDescriptor file, long offset, int whence)
    {
        var found = Libc.lseek(file.Number, offset, whence);
        if (found >= 0)
            return found;
        var errno = FailedCall.LastErrno;
        return errno is Errno.ENXIO ? null : throw new SyscallException("lseek", errno);
    }
}
