using System.Globalization;

namespace Crisp.Linux;

/// <summary>All processes that /proc shows, at about one moment.</summary>
public static class ProcessTable
{
    private const int StatBytes = 1024;

    public static IReadOnlyList<ProcessEntry> Read()
    {
        var entries = new List<ProcessEntry>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(
                Path.GetFileName(directory.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && Find(pid) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>Null: no such process.</summary>
    public static ProcessEntry? Find(int pid)
    {
        Span<byte> stat = stackalloc byte[StatBytes];
        return ProcessInfo.ReadSmall($"/proc/{pid}/stat", stat, out var length)
            ? ProcessEntry.Parse(pid, stat[..length])
            : null;
    }
}
