using System.Diagnostics;
using System.Text;

namespace Crisp.Testing;

/// <summary>The processes of a node: those in its cgroups, and those whose command line names its directory.</summary>
public static class SlotProcesses
{
    public static IEnumerable<int> Find(NodeSlot slot) =>
        Directory.EnumerateDirectories("/proc")
            .Select(directory => int.TryParse(Path.GetFileName(directory), out var id) ? id : 0)
            .Where(id => id > 0 && id != Environment.ProcessId && BelongsTo(id, slot));

    public static string CommandLine(int id) =>
        Encoding.UTF8.GetString(TryRead($"/proc/{id}/cmdline")).Replace('\0', ' ').Trim();

    public static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private static bool BelongsTo(int id, NodeSlot slot)
    {
        var commandLine = CommandLine(id);
        if (commandLine.Length == 0)
            return false; // a zombie, which somebody else reaps, or a kernel thread
        return commandLine.Contains($"{slot.Directory}/node", StringComparison.Ordinal)
            || Encoding.UTF8.GetString(TryRead($"/proc/{id}/cgroup")).Contains(
                $"/{slot.Prefix}/", StringComparison.Ordinal);
    }

    private static byte[] TryRead(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (IOException)
        {
            return []; // the process has ended
        }
    }
}
