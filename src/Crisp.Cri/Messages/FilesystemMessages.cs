using Runtime.V1;

namespace Crisp.Cri.Messages;

/// <summary>The disk that images take.</summary>
internal static class FilesystemMessages
{
    public static FilesystemUsage Usage(Images.FilesystemUsage usage, DateTimeOffset now) => new()
    {
        Timestamp = now.ToUnixTimeMilliseconds() * 1_000_000,
        FsId = new FilesystemIdentifier { Mountpoint = usage.MountPoint },
        UsedBytes = new UInt64Value { Value = (ulong)usage.UsedBytes },
        InodesUsed = new UInt64Value { Value = (ulong)usage.InodesUsed },
    };
}
