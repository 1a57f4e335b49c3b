using Crisp.Bundle;
using Crisp.Errors;
using Crisp.Linux;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// What a request's mounts are mounted from, held open from when it was looked up until the container is made. The OCI
/// runtime goes by path, and whoever writes to a directory above can put a link there meanwhile (CVE-2021-25741's
/// kind); so what it has mounted is compared with what was looked up, before anything runs in the container.
/// </summary>
internal sealed class MountSources(IReadOnlyList<ResolvedMount> mounts, IReadOnlyList<FileDescriptor> held)
    : IDisposable
{
    internal static readonly MountSources None = new([], []);

    internal IReadOnlyList<ResolvedMount> Mounts => mounts;

    /// <summary>On a thread of its own, as the look-up before: a volume's server may not answer.</summary>
    /// <exception cref="CrispException">FailedPrecondition: something else is mounted there.</exception>
    internal Task RequireInAsync(int process, CancellationToken cancellation) => held.Count == 0
        ? Task.CompletedTask
        : Task.Factory.StartNew(
            () => RequireIn($"/proc/{process}/root"), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default).WaitAsync(cancellation);

    public void Dispose()
    {
        foreach (FileDescriptor source in held)
            source.Dispose();
    }

    private void RequireIn(string root)
    {
        // The processes of a sandboxed runtime are on the node's own root, and those of a container that has ended
        // nowhere.
        if (FileStatus.Of(root, follow: true) is not { } top || top.IsSameFile(FileStatus.Of("/")))
            return;
        FileStatus[] sources = [.. held.Select(FileStatus.Of)];
        using RootedDirectory inside = RootedDirectory.Open(root);
        foreach (ResolvedMount mount in mounts.Where(mount => !mount.IsImage))
        {
            if (Find(inside, mount.ContainerPath) is { IsMountPoint: true } found && !sources.Any(found.IsSameFile))
            {
                throw new CrispException(ErrorKind.FailedPrecondition,
                    $"mount of {mount.Source} on {mount.ContainerPath}: another file or directory was mounted than the one that was looked up; "
                    + "something changes the path while the container is made");
            }
        }
    }

    /// <summary>A mount that a later one hides may not be found, or lie in what hides it.</summary>
    private static FileStatus? Find(RootedDirectory inside, string path)
    {
        try
        {
            return inside.Status(path);
        }
        catch (SyscallException)
        {
            return null;
        }
    }
}
