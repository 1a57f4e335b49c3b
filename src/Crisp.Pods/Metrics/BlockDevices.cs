using System.Collections.Concurrent;

namespace Crisp.Pods.Metrics;

/// <summary>Names of block devices, as cAdvisor has them: "/dev/vda1".</summary>
internal static class BlockDevices
{
    private const string NameKey = "DEVNAME=";

    private static readonly ConcurrentDictionary<(uint, uint), string> Names = new();

    /// <summary>"MAJOR:MINOR" for what has no node, such as an overlay or a tmpfs.</summary>
    internal static string NameOf(uint major, uint minor) =>
        Names.GetOrAdd((major, minor), static key => Read(key.Item1, key.Item2));

    private static string Read(uint major, uint minor)
    {
        try
        {
            var name = File.ReadLines($"/sys/dev/block/{major}:{minor}/uevent")
                .FirstOrDefault(line => line.StartsWith(NameKey, StringComparison.Ordinal));
            return name is null ? $"{major}:{minor}" : "/dev/" + name[NameKey.Length..];
        }
        catch (IOException)
        {
            return $"{major}:{minor}";
        }
    }
}
