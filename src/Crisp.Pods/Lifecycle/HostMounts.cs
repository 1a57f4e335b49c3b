using Crisp.Bundle;
using Crisp.Errors;
using Crisp.Linux;
using Runtime.V1;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// The host side of a request's mounts: symlinks followed, a missing path made as a directory, as cri-o does it, unless
/// the configuration says that it must be there.
/// </summary>
internal sealed class HostMounts(IReadOnlyList<string> mustExist, ImageVolumes imageVolumes)
{
    /// <summary>
    /// On a thread of its own, and given up with the creation: a volume whose server is gone makes stat(2) hang for
    /// hours, which must hold neither the container's name nor a thread of the pool.
    /// </summary>
    internal async Task<IReadOnlyList<ResolvedMount>> ResolveAsync(
        string containerId, IReadOnlyList<Mount> mounts, CancellationToken cancellation) =>
        mounts.Count == 0
            ? []
            : await Task.Factory.StartNew(
                () => Resolve(containerId, mounts), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .WaitAsync(cancellation).ConfigureAwait(false);

    private IReadOnlyList<ResolvedMount> Resolve(string containerId, IReadOnlyList<Mount> mounts)
    {
        IReadOnlyList<MountInfo>? table = mounts.Any(mount => mount.Propagation != MountPropagation.PropagationPrivate)
            ? Mounts.Read()
            : null;
        int images = 0;
        return [.. mounts.Select(mount => ImageVolumes.IsImage(mount) ? ResolveImage(containerId, images++, mount) : Resolve(mount, table))];
    }

    private ResolvedMount ResolveImage(string containerId, int index, Mount mount)
    {
        (string path, bool isDirectory) = imageVolumes.Source(containerId, index, mount);
        return ResolvedMount.FromImage(mount, path, isDirectory);
    }

    private ResolvedMount Resolve(Mount mount, IReadOnlyList<MountInfo>? table)
    {
        try
        {
            string path = MakeIfMissing(mount.HostPath);
            using FileDescriptor source = FileDescriptor.Open(path, OpenFlags.PathOnly);
            string real = new FileInfo(source.ProcPath).LinkTarget!; // an open descriptor is a link
            return ResolvedMount.From(mount, real, FileStatus.Of(source).IsDirectory, PropagationOf(real, table));
        }
        catch (IOException error)
        {
            throw new CrispException(ErrorKind.FailedPrecondition, $"mount of {mount.HostPath} on {mount.ContainerPath}: {error.Message}", error);
        }
    }

    private string MakeIfMissing(string path)
    {
        if (File.Exists(path) || Directory.Exists(path) || FileStatus.Of(path) is not null)
            return path;
        if (mustExist.Contains(Path.TrimEndingDirectorySeparator(path)))
            throw new CrispException(ErrorKind.FailedPrecondition, $"mount source {path} does not exist, and the configuration says not to make it (absent_mount_sources_to_reject)");
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>Of the mount that holds the path: the one with the longest mount point above it, the last of equals.</summary>
    private static SourcePropagation PropagationOf(string path, IReadOnlyList<MountInfo>? table)
    {
        MountInfo? holder = table?.Where(mount => Holds(mount.MountPoint, path)).MaxBy(mount => (mount.MountPoint.Length, mount.Id));
        return holder switch
        {
            { IsShared: true } => SourcePropagation.Shared,
            { IsSlave: true } => SourcePropagation.Slave,
            _ => SourcePropagation.Private,
        };
    }

    private static bool Holds(string mountPoint, string path) =>
        mountPoint == "/" || path == mountPoint || path.StartsWith(mountPoint + "/", StringComparison.Ordinal);
}
