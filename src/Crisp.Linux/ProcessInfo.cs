using System.Globalization;
using Crisp.Linux.Abi;
using Crisp.Linux.Interop;

namespace Crisp.Linux;

/// <summary>What identifies a process beyond its pid: its start time and the boot it lives in.</summary>
public static class ProcessInfo
{
    private const int StatBytes = 1024;

    /// <summary>
    /// The start time in clock ticks since boot (field 22 of /proc/PID/stat, proc(5)); null: no such process.
    /// </summary>
    public static ulong? StartTime(int pid)
    {
        Span<byte> stat = stackalloc byte[StatBytes];
        return ReadSmall($"/proc/{pid}/stat", stat, out var length) ? StartTimeOf(stat[..length]) : null;
    }

    /// <summary>
    /// Parses /proc/PID/stat. The command name may hold spaces and brackets: fields count from its last ')'.
    /// </summary>
    public static ulong? StartTimeOf(ReadOnlySpan<byte> stat)
    {
        const int FieldsAfterName = 20;
        var end = stat.LastIndexOf((byte)')');
        if (end < 0)
            return null;
        var rest = stat[(end + 1)..];
        for (var i = 0; i < FieldsAfterName; i++)
        {
            var space = rest.IndexOf((byte)' ');
            if (space < 0)
                return null;
            rest = rest[(space + 1)..];
        }

        var length = rest.IndexOf((byte)' ');
        return ulong.TryParse(
            length < 0 ? rest : rest[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? ticks
            : null;
    }

    /// <summary>A UUID that changes with every boot.</summary>
    public static string BootId()
    {
        Span<byte> text = stackalloc byte[64];
        if (!ReadSmall("/proc/sys/kernel/random/boot_id", text, out var length))
            throw FailedCall.Last("open", "/proc/sys/kernel/random/boot_id");
        return System.Text.Encoding.ASCII.GetString(text[..length]).TrimEnd('\n');
    }

    /// <summary>pidfd_open(2); null when there is no such process. Compare the start time afterwards.</summary>
    public static FileDescriptor? OpenPidFd(int pid)
    {
        var fd = Libc.syscall(SyscallNumbers.PidfdOpen, pid, 0, 0, 0, 0);
        if (fd < 0 && FailedCall.LastErrno is (Errno.ESRCH or Errno.EINVAL))
            return null;
        return new FileDescriptor(FailedCall.ThrowIfNegative(fd, "pidfd_open"));
    }

    internal static bool ReadSmall(string path, Span<byte> buffer, out int length)
    {
        length = 0;
        var number = Libc.open(path, FileConstants.O_CLOEXEC, 0);
        if (number < 0)
            return false;
        using var file = new FileDescriptor(number);
        return file.Read(buffer, out length) == Errno.None && length > 0;
    }
}
