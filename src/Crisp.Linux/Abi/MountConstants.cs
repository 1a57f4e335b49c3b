namespace Crisp.Linux.Abi;

/// <summary>Flags of umount2(2) and the new mount API, and the layouts of mount_attr and statfs.</summary>
internal static class MountConstants
{
    internal const int MNT_DETACH = 2;
    internal const int UMOUNT_NOFOLLOW = 8;

    internal const int FSOPEN_CLOEXEC = 1;
    internal const int FSCONFIG_SET_STRING = 1;
    internal const int FSCONFIG_CMD_CREATE = 6;
    internal const int FSMOUNT_CLOEXEC = 1;
    internal const int MOVE_MOUNT_F_EMPTY_PATH = 4;
    internal const int OPEN_TREE_CLONE = 1;

    /// <summary>struct mount_attr: attr_set, attr_clr, propagation, userns_fd; 8 bytes each.</summary>
    internal const int MountAttrSize = 32;
    internal const ulong MOUNT_ATTR_RDONLY = 0x1;
    internal const ulong MOUNT_ATTR_IDMAP = 0x100000;

    internal const int StatfsSize = 120;
    internal const int StatfsBlocks = 16;
    internal const int StatfsBlocksAvailable = 32;
    internal const int StatfsFiles = 40;
    internal const int StatfsFilesFree = 48;
    internal const int StatfsFragmentSize = 72;
}
