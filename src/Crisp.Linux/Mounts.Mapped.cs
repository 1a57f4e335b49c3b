using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>ID-mapped mounts: mount_setattr(2), Linux 5.12; ext4, xfs, btrfs, tmpfs and others can.</summary>
public static partial class Mounts
{
    /// <summary>
    /// Binds a directory, read-only, with owners shifted: what belongs to 0 on the disk belongs there to whoever is 0
    /// in the user namespace.
    /// </summary>
    public static void BindMapped(string source, string target, string userNamespace)
    {
        using var users = FileDescriptor.Open(userNamespace, OpenFlags.ReadOnly);
        using var tree = Clone(source);
        MapOwners(tree, users, source);
        Attach(tree, target);
    }

    private static unsafe FileDescriptor Clone(string source)
    {
        fixed (byte* path = NulTerminated(source))
        {
            var fd = Libc.syscall(
                SyscallNumbers.OpenTree, FileConstants.AT_FDCWD, (nint)path,
                MountConstants.OPEN_TREE_CLONE | FileConstants.O_CLOEXEC, 0, 0);
            return new FileDescriptor(FailedCall.ThrowIfNegative(fd, "open_tree", source));
        }
    }

    private static unsafe void MapOwners(FileDescriptor tree, FileDescriptor users, string source)
    {
        ulong* attributes = stackalloc ulong[MountConstants.MountAttrSize / sizeof(ulong)];
        attributes[0] = MountConstants.MOUNT_ATTR_RDONLY | MountConstants.MOUNT_ATTR_IDMAP; // attr_set
        attributes[1] = 0; // attr_clr
        attributes[2] = 0; // propagation
        attributes[3] = (ulong)users.Number; // userns_fd
        fixed (byte* empty = "\0"u8)
        {
            FailedCall.ThrowIfNegative(
                Libc.syscall(
                    SyscallNumbers.MountSetattr, tree.Number, (nint)empty, FileConstants.AT_EMPTY_PATH,
                    (nint)attributes, MountConstants.MountAttrSize),
                "mount_setattr(MOUNT_ATTR_IDMAP)",
                source);
        }
    }
}
