using System.Text;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>chown(2) of paths of this process's own making.</summary>
public static class FileOwner
{
    /// <summary>A final symlink is given away itself. Permission bits stay, but for setuid and setgid.</summary>
    public static unsafe void Set(string path, uint uid, uint gid)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"))
        {
            FailedCall.ThrowIfNegative(
                Libc.fchownat(FileConstants.AT_FDCWD, name, uid, gid, FileConstants.AT_SYMLINK_NOFOLLOW),
                "chown", path);
        }
    }
}
