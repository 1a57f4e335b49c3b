namespace Crisp.Linux.Abi;

/// <summary>
/// struct statx (statx(2)): the offsets that crisp reads. Unlike struct stat it is the same everywhere.
/// </summary>
internal static class StatxLayout
{
    internal const int Size = 256;
    internal const int Attributes = 8;
    internal const int Nlink = 16;
    internal const int Uid = 20;
    internal const int Gid = 24;
    internal const int Mode = 28;
    internal const int Ino = 32;
    internal const int SizeBytes = 40;
    internal const int Blocks = 48;
    internal const int MtimeSeconds = 112;
    internal const int MtimeNanos = 120;
    internal const int RdevMajor = 128;
    internal const int RdevMinor = 132;
    internal const int DevMajor = 136;
    internal const int DevMinor = 140;

    internal const uint BasicStats = 0x7ff;
    internal const ulong STATX_ATTR_MOUNT_ROOT = 0x2000;
}
