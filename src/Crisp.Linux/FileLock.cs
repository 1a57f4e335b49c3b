using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// flock(2): a lock that belongs to the open file, so that it lasts until the last process that inherited the
/// descriptor closes it, even after this one was killed.
/// </summary>
public static class FileLock
{
    /// <summary>Makes the file if absent and locks it; null when somebody else holds it. Closing unlocks.</summary>
    public static FileDescriptor? TryLockExclusive(string path)
    {
        var file = FileDescriptor.Open(
            path, OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.NoFollow, 0x180); // 0600
        int result;
        do result = Libc.flock(file.Number, FileConstants.LOCK_EX | FileConstants.LOCK_NB);
        while (result < 0 && FailedCall.LastErrno == Errno.EINTR);
        if (result == 0)
            return file;
        var errno = FailedCall.LastErrno;
        file.Dispose();
        return errno == Errno.EAGAIN ? null : throw new SyscallException("flock", errno, path);
    }
}
