using Crisp.Linux;
using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Cri.Generations.Legacy.Answers;

/// <summary>
/// Disk usage. 1.7 to 1.9 name a file system by the UUID of its device where v1 has a mount point: the same bytes with
/// another meaning, and those kubelets look the UUID up. A file system without one, such as tmpfs, has an empty name.
/// The answers are copied, since their parts may be shared with others.
/// </summary>
internal static class StorageAnswers
{
    private const string ByUuid = "/dev/disk/by-uuid";

    public static byte[] ImageFs(ImageFsInfoResponse answer)
    {
        var copy = answer.Clone();
        foreach (var usage in copy.ImageFilesystems)
            Rename(usage, UuidOf);
        return copy.ToByteArray();
    }

    public static byte[] Container(ContainerStatsResponse answer)
    {
        var copy = answer.Clone();
        Rename(copy.Stats?.WritableLayer, UuidOf);
        return copy.ToByteArray();
    }

    /// <summary>Each file system is looked up once: a node has a few and hundreds of containers.</summary>
    public static byte[] Containers(ListContainerStatsResponse answer)
    {
        var copy = answer.Clone();
        var known = new Dictionary<string, string>();
        foreach (var stats in copy.Stats)
            Rename(
                stats.WritableLayer, path => known.TryGetValue(path, out var uuid) ? uuid : known[path] = UuidOf(path));
        return copy.ToByteArray();
    }

    private static void Rename(FilesystemUsage? usage, Func<string, string> name)
    {
        if (usage?.FsId is { } id)
            usage.FsId = new FilesystemIdentifier { Mountpoint = name(id.Mountpoint) };
    }

    private static string UuidOf(string path)
    {
        if (!Directory.Exists(ByUuid) || FileStatus.Of(path, follow: true) is not { } file)
            return "";
        var link = Directory.EnumerateFiles(ByUuid).FirstOrDefault(link =>
            FileStatus.Of(link, follow: true) is { IsBlockDevice: true } device && device.Special == file.Device);
        return Path.GetFileName(link) ?? "";
    }
}
