namespace Crisp.Linux.Abi;

/// <summary>File type bits of a mode (inode(7)).</summary>
internal static class FileTypes
{
    internal const uint Mask = 0xf000;
    internal const uint S_IFIFO = 0x1000;
    internal const uint S_IFCHR = 0x2000;
    internal const uint S_IFDIR = 0x4000;
    internal const uint S_IFBLK = 0x6000;
}
