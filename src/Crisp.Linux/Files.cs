using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>unlink(2), rename(2), and lseek(2) for programs without the class library's streams.</summary>
public static class Files
{
    /// <summary>Removes a name; one that is gone already is fine.</summary>
    public static void Remove(string path)
    {
        if (Libc.unlinkat(FileConstants.AT_FDCWD, path, 0) < 0 && FailedCall.LastErrno != Errno.ENOENT)
            throw FailedCall.Last("unlink", path);
    }

    /// <summary>renameat(2): gives whatever has the name another; false when nothing has it.</summary>
    public static bool TryMove(string path, string to)
    {
        if (Libc.renameat(FileConstants.AT_FDCWD, path, FileConstants.AT_FDCWD, to) == 0)
            return true;
        return FailedCall.LastErrno == Errno.ENOENT ? false : throw FailedCall.Last("rename", path);
    }

    /// <summary>Continues reading at an offset from the start.</summary>
    public static void SkipTo(this FileDescriptor file, long offset) =>
        FailedCall.ThrowIfNegative((nint)Libc.lseek(file.Number, offset, 0), "lseek");
}
