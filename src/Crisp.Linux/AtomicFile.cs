using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>Replaces a file as a whole: readers see the old content or the new, never a part.</summary>
public static class AtomicFile
{
    private static uint s_counter;

    /// <summary>
    /// Writes a temporary file beside it, named ".NAME.PID-N.tmp", and renames that. With sync the content is on disk
    /// before the name is; without, a power cut may leave an empty file.
    /// </summary>
    public static void Write(string path, ReadOnlySpan<byte> content, int mode = 0x180, bool sync = false) // 0600
    {
        var directory = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        var number = Interlocked.Increment(ref s_counter);
        var temporary = $"{directory}/.{Path.GetFileName(path)}.{Environment.ProcessId}-{number}.tmp";
        try
        {
            WriteNew(temporary, content, mode, sync);
            if (sync || !TrySwap(temporary, path))
                FailedCall.ThrowIfNegative(
                    Libc.renameat(FileConstants.AT_FDCWD, temporary, FileConstants.AT_FDCWD, path), "rename", path);
        }
        catch
        {
            _ = Libc.unlinkat(FileConstants.AT_FDCWD, temporary, 0);
            throw;
        }

        if (sync)
            SyncDirectory(directory);
    }

    /// <summary>Makes renames in a directory survive a power cut.</summary>
    public static void SyncDirectory(string directory)
    {
        using var opened = FileDescriptor.Open(directory, OpenFlags.ReadOnly | OpenFlags.Directory);
        FailedCall.ThrowIfNegative(Libc.fsync(opened.Number), "fsync", directory);
    }

    /// <summary>
    /// Takes the old file's name and deletes that under the temporary one. ext4 begins to write out a file that is
    /// renamed over another (mount option auto_da_alloc), and whoever deletes it then waits for the disk: milliseconds
    /// for content that is not to be on disk anyway. False: no old file is there, or the file system cannot swap.
    /// </summary>
    private static bool TrySwap(string temporary, string path)
    {
        if (!Swap(temporary, path))
            return false;
        if (Libc.unlinkat(FileConstants.AT_FDCWD, temporary, 0) == 0)
            return true;
        Swap(temporary, path); // it was no file: the rename that comes now says so
        return false;
    }

    private static bool Swap(string one, string other) => Libc.renameat2(
        FileConstants.AT_FDCWD, one, FileConstants.AT_FDCWD, other, FileConstants.RENAME_EXCHANGE) == 0;

    private static void WriteNew(string path, ReadOnlySpan<byte> content, int mode, bool sync)
    {
        const OpenFlags Flags = OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate | OpenFlags.NoFollow;
        using var file = FileDescriptor.Open(path, Flags, mode);
        FailedCall.ThrowIfNegative(Libc.fchmod(file.Number, (uint)mode), "fchmod", path); // whatever the umask is
        file.WriteAll(content);
        if (sync)
            FailedCall.ThrowIfNegative(Libc.fsync(file.Number), "fsync", path);
    }
}
