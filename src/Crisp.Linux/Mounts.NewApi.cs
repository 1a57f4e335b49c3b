using System.Text;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>The mount API of Linux 5.2: fsopen(2), fsconfig(2), fsmount(2), move_mount(2).</summary>
public static partial class Mounts
{
    private static unsafe FileDescriptor? OpenFileSystem(string type)
    {
        fixed (byte* name = NulTerminated(type))
        {
            var fd = Libc.syscall(
                SyscallNumbers.Fsopen, (nint)name, MountConstants.FSOPEN_CLOEXEC, 0, 0, 0);
            if (fd < 0 && FailedCall.LastErrno == Errno.ENOSYS)
                return null;
            return new FileDescriptor(FailedCall.ThrowIfNegative(fd, "fsopen", type));
        }
    }

    private static unsafe Errno Configure(FileDescriptor context, string key, string value)
    {
        fixed (byte* keyBytes = NulTerminated(key))
        fixed (byte* valueBytes = NulTerminated(value))
        {
            return Result(Libc.syscall(
                SyscallNumbers.Fsconfig, context.Number, MountConstants.FSCONFIG_SET_STRING,
                (nint)keyBytes, (nint)valueBytes, 0));
        }
    }

    private static Errno Create(FileDescriptor context) => Result(Libc.syscall(
        SyscallNumbers.Fsconfig, context.Number, MountConstants.FSCONFIG_CMD_CREATE, 0, 0, 0));

    private static void AttachTo(FileDescriptor context, string target)
    {
        var mount = Libc.syscall(
            SyscallNumbers.Fsmount, context.Number, MountConstants.FSMOUNT_CLOEXEC, 0, 0, 0);
        using var mounted = new FileDescriptor(FailedCall.ThrowIfNegative(mount, "fsmount", target));
        Attach(mounted, target);
    }

    private static unsafe void Attach(FileDescriptor mounted, string target)
    {
        fixed (byte* empty = "\0"u8)
        fixed (byte* to = NulTerminated(target))
        {
            FailedCall.ThrowIfNegative(
                Libc.syscall(
                    SyscallNumbers.MoveMount, mounted.Number, (nint)empty, FileConstants.AT_FDCWD, (nint)to,
                    MountConstants.MOVE_MOUNT_F_EMPTY_PATH),
                "move_mount",
                target);
        }
    }

    private static Errno Result(nint result) => result < 0 ? FailedCall.LastErrno : Errno.None;

    private static byte[] NulTerminated(string text) => Encoding.UTF8.GetBytes(text + "\0");
}
