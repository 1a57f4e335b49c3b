using Crisp.OciSpec.Runtime;
using Crisp.Pods.Records;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// mounts.conf(5): "SOURCE:DESTINATION" lines, a file or directory of the host of which every container gets a copy of
/// its own, which its root owns (subscription data, certificates). A line that cannot be followed is left out, as in
/// cri-o.
/// </summary>
internal static class DefaultMountsFile
{
    private static readonly string[] UsualPlaces = ["/etc/containers/mounts.conf", "/usr/share/containers/mounts.conf"];

    internal static IReadOnlyList<Mount> CopyAll(
        string configured, string containerDirectory, (uint Uid, uint Gid) owner, List<string> notes)
    {
        string? file = configured.Length > 0 ? configured : Array.Find(UsualPlaces, File.Exists);
        if (file is null || !File.Exists(file))
            return [];
        List<Mount> mounts = [];
        foreach (string line in File.ReadLines(file)
            .Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (Copy(line, Path.Combine(containerDirectory, FileNames.DefaultMounts, $"{mounts.Count}"),
                owner, out string? problem) is { } mount)
                mounts.Add(mount);
            else
                notes.Add($"\"{line}\" of {file} is left out: {problem}");
        }

        return mounts;
    }

    private static Mount? Copy(string line, string copy, (uint Uid, uint Gid) owner, out string? problem)
    {
        problem = "it is not of the form /SOURCE:/DESTINATION";
        if (line.Split(':') is not [['/', ..] source, ['/', _, ..] destination]
            || destination.Split('/').Contains(".."))
            return null;
        problem = "the source does not exist";
        if (!Path.Exists(source))
            return null;
        try
        {
            BoundedCopy.Of(source, copy, owner);
            return new Mount
            {
                Destination = destination.TrimEnd('/'),
                Source = copy,
                Type = "bind",
                Options = ["rbind", "rprivate", "rw"]
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = error.Message;
            return null;
        }
    }
}
