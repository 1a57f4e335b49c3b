using System.Globalization;

namespace Crisp.Linux;

/// <summary>Reading and writing the small files of a cgroup directory.</summary>
public static class CgroupFiles
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>
    /// The text of a file; null when it or its group is gone, or has no such content: a threaded v2 group, which a
    /// container can make of its own, does not list processes (EOPNOTSUPP).
    /// </summary>
    public static string? Read(string directory, string file)
    {
        try
        {
            using var opened = FileDescriptor.Open($"{directory}/{file}", OpenFlags.ReadOnly);
            return ReadToEnd(opened);
        }
        catch (SyscallException error) when (error.Errno is Errno.ENOENT
            or Errno.ENODEV or Errno.ENOTDIR or Errno.EOPNOTSUPP)
        {
            return null;
        }
    }

    /// <summary>A file of one number; "max" is null, as is a file that is not there.</summary>
    public static ulong? ReadNumber(string directory, string file) =>
        ulong.TryParse(
            Read(directory, file).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    /// <summary>One value of a file of "key value" lines (memory.stat, cpu.stat, memory.events).</summary>
    public static ulong? ReadKeyed(string directory, string file, string key)
    {
        foreach (var line in Read(directory, file).AsSpan().EnumerateLines())
        {
            if (line.Length > key.Length && line[key.Length] == ' ' && line.StartsWith(key, StringComparison.Ordinal) &&
                ulong.TryParse(
                    line[(key.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                return value;
        }

        return null;
    }

    /// <summary>The processes of one group, not of its children; empty when it is gone.</summary>
    public static IReadOnlyList<int> ReadProcesses(string directory)
    {
        var pids = new List<int>();
        foreach (var line in Read(directory, "cgroup.procs").AsSpan().EnumerateLines())
        {
            if (int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && pid > 0)
                pids.Add(pid);
        }

        return pids;
    }

    /// <summary>Writes a value in one write(2), as the kernel wants it.</summary>
    public static void Write(string directory, string file, string value)
    {
        var path = $"{directory}/{file}";
        using var opened = FileDescriptor.Open(path, OpenFlags.WriteOnly);
        var errno = opened.Write(System.Text.Encoding.ASCII.GetBytes(value), out _);
        if (errno != Errno.None)
            throw new SyscallException("write", errno, path);
    }

    private static string ReadToEnd(FileDescriptor file)
    {
        var buffer = new byte[4096];
        var length = 0;
        while (length < MaxBytes && file.TryRead(buffer.AsSpan(length), out var count) && count > 0)
        {
            length += count;
            if (length == buffer.Length)
                Array.Resize(ref buffer, length * 2);
        }

        return System.Text.Encoding.ASCII.GetString(buffer, 0, length);
    }
}
