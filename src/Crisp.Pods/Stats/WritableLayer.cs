using Crisp.Linux;
using Crisp.Pods.Records;

namespace Crisp.Pods.Stats;

/// <summary>
/// The size of a writable layer, whose content is a container's: no link is followed, and the walk is bounded. What a
/// container can write beside its root on the node's account counts, too: nobody else would see it (CVE-2020-8557).
/// </summary>
internal static class WritableLayer
{
    /// <summary>Entries that may be looked at while a caller waits.</summary>
    internal const int AtOnce = 256;

    /// <summary>Entries that may be looked at beside.</summary>
    internal const int Beside = 2_000_000;

    private const ulong BlockBytes = 512;

    /// <summary>In a container's directory: copies of default mounts, and volumes that the image declares.</summary>
    private static readonly string[] Others = [FileNames.DefaultMounts, FileNames.DeclaredVolumes];

    /// <summary>Where a container's own layer is.</summary>
    internal static string Of(string containerDirectory) => Path.Combine(containerDirectory, "diff");

    /// <summary>Bytes on disk and inodes; null when it is larger than the bound, or not there.</summary>
    internal static (ulong Bytes, ulong Inodes)? TryMeasure(string containerDirectory, int mostEntries)
    {
        ulong bytes = 0;
        ulong inodes = 0;
        HashSet<ulong> linked = [];
        var layer = Of(containerDirectory);
        var directories = new Stack<string>([
            layer, .. Others.Select(other => Path.Combine(containerDirectory, other))]);
        while (directories.TryPop(out var next))
        {
            foreach (var status in Entries(next, directories))
            {
                if (++inodes > (ulong)mostEntries)
                    return null;
                if (status.Links <= 1 || status.IsDirectory || linked.Add(status.Inode))
                    bytes += (ulong)status.Blocks * BlockBytes;
            }
        }

        return Directory.Exists(layer) ? (bytes, inodes) : null;
    }

    /// <summary>The entries of one directory that are still there; its directories are for later.</summary>
    private static IEnumerable<FileStatus> Entries(string directory, Stack<string> later)
    {
        foreach (var path in Names(directory))
        {
            if (Status(path) is not { } status)
                continue;
            if (status.IsDirectory)
                later.Push(path);
            yield return status;
        }
    }

    private static IEnumerable<string> Names(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(directory).Take(Beside)];
        }
        catch (IOException)
        {
            return []; // not there, removed meanwhile, or its path has become too long
        }
    }

    private static FileStatus? Status(string path)
    {
        try
        {
            return FileStatus.Of(path);
        }
        catch (SyscallException)
        {
            return null;
        }
    }
}
