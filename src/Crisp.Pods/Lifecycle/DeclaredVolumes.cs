using Crisp.Linux;
using Crisp.OciSpec.Runtime;
using Crisp.Pods.Records;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// Volumes that an image declares. Their names are the image author's: they are resolved beneath the container's root
/// (CVE-2022-23648), or cleaned for the runtime, which does the same.
/// </summary>
internal static class DeclaredVolumes
{
    /// <summary>More make no sense, and each would be a mount.</summary>
    private const int Most = 256;

    /// <summary>"/data" for "/data/", "data" and "/../data".</summary>
    internal static IReadOnlyList<string> Clean(IEnumerable<string> volumes) =>
        [.. volumes.Take(Most).Select(Clean).Where(path => path != "/").Distinct()];

    internal static IReadOnlyList<Mount> Bind(
        IReadOnlyList<string> volumes, string containerDirectory, (uint Uid, uint Gid) owner)
    {
        if (volumes.Count == 0)
            return [];
        Directory.CreateDirectory(Path.Combine(containerDirectory, FileNames.DeclaredVolumes));
        using var parent = RootedDirectory.Open(Path.Combine(containerDirectory, FileNames.DeclaredVolumes));
        return [.. volumes.Select((volume, index) =>
        {
            parent.CreateDirectories($"{index}", 0b111_101_101, owner);
            return new Mount
            {
                Destination = volume,
                Source = Path.Combine(containerDirectory, FileNames.DeclaredVolumes, $"{index}"),
                Type = "bind",
                Options = ["bind", "rprivate", "rw"],
            };
        })];
    }

    private static string Clean(string volume)
    {
        List<string> parts = [];
        foreach (var part in volume.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("" or "." or ".."))
                parts.Add(part);
        }

        return "/" + string.Join('/', parts);
    }
}
