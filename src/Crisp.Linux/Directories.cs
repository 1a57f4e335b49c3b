using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>rmdir(2).</summary>
public static class Directories
{
    /// <summary>Removes an empty directory; one that is gone already is fine.</summary>
    public static SyscallException? TryRemove(string path)
    {
        if (Libc.unlinkat(FileConstants.AT_FDCWD, path, FileConstants.AT_REMOVEDIR) == 0)
            return null;
        return FailedCall.LastErrno == Errno.ENOENT ? null : FailedCall.Last("rmdir", path);
    }
}
