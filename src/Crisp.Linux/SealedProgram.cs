using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>
/// A copy of a program in memory (memfd_create(2)) that nobody can change any more, not even who runs it: a container
/// that gets hold of its runtime's /proc/PID/exe finds this copy, never the file on the host.
/// </summary>
public sealed class SealedProgram : IDisposable
{
    private const string SELinux = "/sys/fs/selinux/enforce";

    private readonly FileDescriptor _memory;
    private readonly FileStatus _original;

    private SealedProgram(FileDescriptor memory, FileStatus original)
    {
        _memory = memory;
        _original = original;
    }

    /// <summary>What to execute, in any process of this PID namespace, while this object is open.</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{_memory.Number}";

    /// <summary>
    /// Null where the file must be executed itself: a script, whose interpreter would look at the path; a host that
    /// executes nothing from memory (vm.memfd_noexec); one with SELinux, where the file's label decides what its
    /// process may do. Null, too, for a file that cannot be read: its own execution says why.
    /// </summary>
    public static SealedProgram? TryCopy(string path)
    {
        if (File.Exists(SELinux))
            return null;
        FileDescriptor? memory = null;
        try
        {
            using var file = FileDescriptor.Open(path, OpenFlags.ReadOnly);
            var original = FileStatus.Of(file); // before it is read: who writes to it meanwhile makes it another
            memory = Create(System.IO.Path.GetFileName(path));
            if (TryFill(memory, file))
                return new SealedProgram(memory, original);
        }
        catch (SyscallException)
        {
            // As said above.
        }

        memory?.Dispose();
        return null;
    }

    /// <summary>Whether the file of that path is still the one that was copied; false after an upgrade.</summary>
    public bool IsCopyOf(string path) =>
        FileStatus.Of(path, follow: true) is { } now && now.Device == _original.Device && now.Inode == _original.Inode
        && now.SizeBytes == _original.SizeBytes && now.ModifiedAt == _original.ModifiedAt;

    public void Dispose() => _memory.Dispose();

    private static FileDescriptor Create(string name)
    {
        const uint Flags = MemoryFileConstants.MFD_CLOEXEC | MemoryFileConstants.MFD_ALLOW_SEALING;
        var fd = Libc.memfd_create(name, Flags | MemoryFileConstants.MFD_EXEC);
        if (fd < 0 && FailedCall.LastErrno == Errno.EINVAL)
            fd = Libc.memfd_create(name, Flags);
        return new FileDescriptor(FailedCall.ThrowIfNegative(fd, "memfd_create"));
    }

    private static bool TryFill(FileDescriptor memory, FileDescriptor file)
    {
        var buffer = new byte[64 * 1024];
        for (var isFirst = true; file.TryRead(buffer, out var count) && count > 0; isFirst = false)
        {
            if (isFirst && !buffer.AsSpan(0, count).StartsWith("\u007fELF"u8))
                return false;
            memory.WriteAll(buffer.AsSpan(0, count));
        }

        return Libc.fcntl(memory.Number, MemoryFileConstants.F_ADD_SEALS, MemoryFileConstants.AllSeals) == 0;
    }
}
