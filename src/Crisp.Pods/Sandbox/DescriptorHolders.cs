using System.Globalization;

namespace Crisp.Pods.Sandbox;

/// <summary>Which processes have a file open, from /proc/PID/fd.</summary>
internal static class DescriptorHolders
{
    internal static IEnumerable<int> Of(string path) =>
        Directory.EnumerateDirectories("/proc")
            .Select(directory => int.TryParse(
                Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && pid != Environment.ProcessId && Holds(pid, path));

    internal static bool Holds(int pid, string path)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{pid}/fd").Any(fd => new FileInfo(fd).LinkTarget == path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended
        }
    }
}
