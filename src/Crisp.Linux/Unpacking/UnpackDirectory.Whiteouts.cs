using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

public sealed partial class UnpackDirectory
{
    private enum NodeState
    {
        Absent,
        Directory,
        Whiteout,
        Other,
    }

    /// <summary>
    /// Hides a name of the layers below. What this archive itself put there stays (image-spec layer.md#whiteouts: they
    /// apply to lower layers only); a directory of its own then hides what lies below.
    /// </summary>
    public unsafe void MakeWhiteout(ReadOnlySpan<byte> path)
    {
        var parent = Parent(path);
        NodeState state;
        fixed (byte* name = Terminated(NameOf(path), _name)) state = StateAt(parent, name);
        if (state is NodeState.Directory) MakeOpaque(path);
        if (state is NodeState.Absent) MakeNode(path, FileTypes.S_IFCHR, 0);
    }

    /// <summary>Makes a directory hide all that the layers below have in it (kernel doc overlayfs, "opaque").</summary>
    public void MakeOpaque(ReadOnlySpan<byte> path)
    {
        using var directory = OpenDirectory(path, 0);
        directory.MarkOpaque();
    }

    private static unsafe NodeState StateAt(FileDescriptor directory, byte* name)
    {
        byte* buffer = stackalloc byte[StatxLayout.Size];
        var text = System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)name) ?? "";
        if (Libc.statx(directory.Number, name, FileConstants.AT_SYMLINK_NOFOLLOW, StatxLayout.BasicStats, buffer) != 0)
        {
            var errno = FailedCall.LastErrno;
            return errno is Errno.ENOENT ? NodeState.Absent : throw new SyscallException("statx", errno, text);
        }
        var type = *(ushort*)(buffer + StatxLayout.Mode) & FileTypes.Mask;
        var device = *(uint*)(buffer + StatxLayout.RdevMajor) | *(uint*)(buffer + StatxLayout.RdevMinor);
        return type switch
        {
            FileTypes.S_IFDIR => NodeState.Directory,
            FileTypes.S_IFCHR when device == 0 => NodeState.Whiteout,
            _ => NodeState.Other,
        };
    }
}
