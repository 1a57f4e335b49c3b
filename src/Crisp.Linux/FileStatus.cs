using System.Buffers.Binary;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>What statx(2) says about a file.</summary>
public sealed record FileStatus
{
    private const int TypeMask = 0xf000;

    /// <summary>Type and permission bits, as in st_mode.</summary>
    public required int Mode { get; init; }

    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    public required long SizeBytes { get; init; }

    public required ulong Inode { get; init; }

    public required uint Links { get; init; }

    /// <summary>Of the device this file is on.</summary>
    public required (uint Major, uint Minor) Device { get; init; }

    /// <summary>Of the device this file stands for.</summary>
    public required (uint Major, uint Minor) Special { get; init; }

    /// <summary>Something is mounted there, and this is the root of it. Always false before Linux 5.8.</summary>
    public required bool IsMountPoint { get; init; }

    /// <summary>Disk space in use, in units of 512 bytes.</summary>
    public required long Blocks { get; init; }

    /// <summary>The last change of its content.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }

    public bool IsRegularFile => (Mode & TypeMask) == 0x8000;

    public bool IsDirectory => (Mode & TypeMask) == 0x4000;

    public bool IsSymlink => (Mode & TypeMask) == 0xa000;

    public bool IsBlockDevice => (Mode & TypeMask) == 0x6000;

    public bool IsSocket => (Mode & TypeMask) == 0xc000;

    public bool IsFifo => (Mode & TypeMask) == 0x1000;

    public bool IsCharacterDevice => (Mode & TypeMask) == 0x2000;

    /// <summary>The two are one file or directory, whatever the paths to it.</summary>
    public bool IsSameFile(FileStatus? other) => other is not null && Inode == other.Inode && Device == other.Device;

    public static FileStatus Of(FileDescriptor file) =>
        TryRead(file.Number, "", FileConstants.AT_EMPTY_PATH) ?? throw FailedCall.Last("statx");

    /// <summary>Of a path, its final symlink not followed unless asked; null when there is nothing.</summary>
    public static FileStatus? Of(string path, bool follow = false) =>
        TryRead(FileConstants.AT_FDCWD, path, follow ? 0 : FileConstants.AT_SYMLINK_NOFOLLOW)
        ?? (FailedCall.LastErrno is Errno.ENOENT or Errno.ENOTDIR ? null : throw FailedCall.Last("statx", path));

    private static unsafe FileStatus? TryRead(int directory, string path, int flags)
    {
        byte* buffer = stackalloc byte[StatxLayout.Size];
        if (Libc.statx(directory, path, flags, StatxLayout.BasicStats, buffer) < 0)
            return null;
        var bytes = new ReadOnlySpan<byte>(buffer, StatxLayout.Size);
        return new FileStatus
        {
            Mode = BinaryPrimitives.ReadUInt16LittleEndian(bytes[StatxLayout.Mode..]),
            Uid = UInt32(bytes, StatxLayout.Uid),
            Gid = UInt32(bytes, StatxLayout.Gid),
            IsMountPoint = (BinaryPrimitives.ReadUInt64LittleEndian(
                bytes[StatxLayout.Attributes..]) & StatxLayout.STATX_ATTR_MOUNT_ROOT) != 0,
            Links = UInt32(bytes, StatxLayout.Nlink),
            Inode = BinaryPrimitives.ReadUInt64LittleEndian(bytes[StatxLayout.Ino..]),
            SizeBytes = BinaryPrimitives.ReadInt64LittleEndian(bytes[StatxLayout.SizeBytes..]),
            Blocks = BinaryPrimitives.ReadInt64LittleEndian(bytes[StatxLayout.Blocks..]),
            ModifiedAt = DateTimeOffset.UnixEpoch
                .AddSeconds(BinaryPrimitives.ReadInt64LittleEndian(bytes[StatxLayout.MtimeSeconds..]))
                .AddTicks(UInt32(bytes, StatxLayout.MtimeNanos) / TimeSpan.NanosecondsPerTick),
            Device = (UInt32(bytes, StatxLayout.DevMajor), UInt32(bytes, StatxLayout.DevMinor)),
            Special = (UInt32(bytes, StatxLayout.RdevMajor), UInt32(bytes, StatxLayout.RdevMinor)),
        };
    }

    private static uint UInt32(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
}
