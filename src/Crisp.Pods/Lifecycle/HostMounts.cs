using Crisp.Bundle;
using Crisp.Errors;
using Crisp.Linux;
using Crisp.Pods.Security;
using Runtime.V1;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// The host side of a request's mounts: symlinks followed, a missing path made as a directory, as cri-o does it, unless
/// the configuration says that it must be there. Each is looked up once; what is found is held, and labelled, by
/// descriptor.
/// </summary>
internal sealed class HostMounts(IReadOnlyList<string> mustExist, ImageVolumes imageVolumes, VolumeLabels? labels)
{
    /// <summary>
    /// On a thread of its own, and given up with the creation: a volume whose server is gone makes stat(2) hang for
    /// hours, which must hold neither the container's name nor a thread of the pool.
    /// </summary>
    internal async Task<MountSources> ResolveAsync(
        string containerId, IReadOnlyList<Mount> mounts, CancellationToken cancellation) =>
        mounts.Count == 0
            ? MountSources.None
            : await Task.Factory.StartNew(
                () => Resolve(containerId, mounts, cancellation), CancellationToken.None,
                TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .WaitAsync(cancellation).ConfigureAwait(false);

    private MountSources Resolve(string containerId, IReadOnlyList<Mount> mounts, CancellationToken cancellation)
    {
        IReadOnlyList<MountInfo>? table = mounts.Any(mount => mount.Propagation != MountPropagation.PropagationPrivate)
            ? Mounts.Read()
            : null;
        int images = 0;
        List<FileDescriptor> held = [];
        try
        {
            ResolvedMount[] resolved = [.. mounts.Select(mount => ImageVolumes.IsImage(mount)
                ? ResolveImage(containerId, images++, mount)
                : Resolve(mount, table, held, cancellation))];
            cancellation.ThrowIfCancellationRequested(); // nobody waits any more who would let go of them
            return new MountSources(resolved, held);
        }
        catch
        {
            held.ForEach(source => source.Dispose());
            throw;
        }
    }

    private ResolvedMount ResolveImage(string containerId, int index, Mount mount)
    {
        (string path, bool isDirectory) = imageVolumes.Source(containerId, index, mount);
        return ResolvedMount.FromImage(mount, path, isDirectory);
    }

    private ResolvedMount Resolve(
        Mount mount, IReadOnlyList<MountInfo>? table, List<FileDescriptor> held, CancellationToken cancellation)
    {
        try
        {
            FileDescriptor source = Open(MakeIfMissing(mount.HostPath));
            held.Add(source);
            string real = new FileInfo(source.ProcPath).LinkTarget!; // an open descriptor is a link
            if (mount.SelinuxRelabel)
                labels?.Relabel(source, real, cancellation);
            return ResolvedMount.From(mount, real, FileStatus.Of(source).IsDirectory, PropagationOf(real, table));
        }
        catch (IOException error)
        {
            throw new CrispException(ErrorKind.FailedPrecondition,
                $"mount of {mount.HostPath} on {mount.ContainerPath}: {error.Message}", error);
        }
    }

    /// <summary>A directory as such, which has an automounter mount it.</summary>
    private static FileDescriptor Open(string path)
    {
        try
        {
            return FileDescriptor.Open(path, OpenFlags.PathOnly | OpenFlags.Directory);
        }
        catch (SyscallException error) when (error.Errno == Errno.ENOTDIR)
        {
            return FileDescriptor.Open(path, OpenFlags.PathOnly);
        }
    }

    private string MakeIfMissing(string path)
    {
        if (File.Exists(path) || Directory.Exists(path) || FileStatus.Of(path) is not null)
            return path;
        if (mustExist.Contains(Path.TrimEndingDirectorySeparator(path)))
            throw new CrispException(
                ErrorKind.FailedPrecondition,
                $"mount source {path} does not exist, and the configuration says not to make it (absent_mount_sources_to_reject)");
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>
    /// Of the mount that holds the path: the one with the longest mount point above it, the last of equals.
    /// </summary>
    private static SourcePropagation PropagationOf(string path, IReadOnlyList<MountInfo>? table)
    {
        MountInfo? holder = table?.Where(mount => Holds(mount.MountPoint, path)).MaxBy(
            mount => (mount.MountPoint.Length, mount.Id));
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
