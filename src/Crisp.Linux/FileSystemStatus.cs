using System.Buffers.Binary;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>How large a file system is (statfs(2)). Some, such as btrfs, count no inodes: zero.</summary>
public sealed record FileSystemStatus(ulong Bytes, ulong AvailableBytes, ulong Inodes, ulong FreeInodes)
{
    /// <summary>Of the file system that a path lies on; null when there is no such path.</summary>
    public static unsafe FileSystemStatus? Of(string path)
    {
        byte* buffer = stackalloc byte[MountConstants.StatfsSize];
        if (Libc.statfs(path, buffer) < 0)
            return FailedCall.LastErrno is Errno.ENOENT or Errno.ENOTDIR ? null : throw FailedCall.Last("statfs", path);
        var status = new ReadOnlySpan<byte>(buffer, MountConstants.StatfsSize);
        return new FileSystemStatus(
            Field(status, MountConstants.StatfsBlocks) * Field(status, MountConstants.StatfsFragmentSize),
            Field(status, MountConstants.StatfsBlocksAvailable) * Field(status, MountConstants.StatfsFragmentSize),
            Field(status, MountConstants.StatfsFiles),
            Field(status, MountConstants.StatfsFilesFree));
    }

    private static ulong Field(ReadOnlySpan<byte> status, int offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(status[offset..]);
}
