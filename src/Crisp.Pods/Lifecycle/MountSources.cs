using Crisp.Bundle;
using Crisp.Errors;
using Crisp.Linux;
using Crisp.OciSpec.Runtime;

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

    private Spec _spec = new() { OciVersion = "" };

    internal IReadOnlyList<ResolvedMount> Mounts => mounts;

    /// <summary>The configuration that the runtime mounts by.</summary>
    internal MountSources UsedBy(Spec spec) => new(mounts, held) { _spec = spec };

    /// <summary>For a configuration that was written earlier: the mounts still lead where they did.</summary>
    /// <exception cref="CrispException">FailedPrecondition: one leads elsewhere.</exception>
    internal void RequireConfigured()
    {
        HashSet<string?> configured = [.. Binds().Select(mount => mount.Source)];
        if (mounts.FirstOrDefault(mount => !configured.Contains(mount.Source)) is { } changed)
        {
            throw new CrispException(ErrorKind.FailedPrecondition,
                $"mount on {changed.ContainerPath}: its path on the node leads to {changed.Source} now, and led elsewhere when the container was made");
        }
    }

    /// <summary>On a thread of its own, as the look-up before: a volume's server may not answer.</summary>
    /// <exception cref="CrispException">FailedPrecondition: something else is mounted there.</exception>
    internal Task RequireInAsync(int process, CancellationToken cancellation) => held.Count == 0
        ? Task.CompletedTask
        : Task.Factory.StartNew(
            () => RequireIn($"/proc/{process}/root"), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default).WaitAsync(cancellation);

    public void Dispose()
    {
        foreach (var source in held)
            source.Dispose();
    }

    private void RequireIn(string root)
    {
        // The processes of a sandboxed runtime are on the node's own root, and those of a container that has ended
        // nowhere.
        if (FileStatus.Of(root, follow: true) is not { } top || top.IsSameFile(FileStatus.Of("/")))
            return;
        FileStatus[] sources = [.. held.Select(FileStatus.Of)];
        using var inside = RootedDirectory.Open(root);
        foreach (var mount in Shown())
        {
            if (Find(inside, mount.Destination) is { IsMountPoint: true } found && !sources.Any(found.IsSameFile)
                && !Binds().Any(bind => LeadsTo(bind.Source!, found)) // a bind has one
                && !IsDeviceOfItsPlace(mount.Destination, found))
            {
                throw new CrispException(ErrorKind.FailedPrecondition,
                    $"mount of {mount.Source} on {mount.Destination}: another file or directory was mounted than the one that was looked up; "
                    + "something changes the path while the container is made");
            }
        }
    }

    /// <summary>
    /// Those that are to be seen in the container. CDI puts mounts of its own in the place of others, and the runtime
    /// covers what it masks, and the console of a container with a terminal. An image volume is crisp's own, and nobody
    /// changes it.
    /// </summary>
    private IEnumerable<Mount> Shown()
    {
        HashSet<string> asked = [.. mounts.Where(mount => !mount.IsImage).Select(mount => mount.Source)];
        HashSet<string> covered = [.. _spec.Linux?.MaskedPaths ?? []];
        if (_spec.Process?.Terminal == true)
            covered.Add("/dev/console");
        return Binds().Where(mount => asked.Contains(mount.Source!) && !covered.Contains(mount.Destination));
    }

    /// <summary>
    /// In a user namespace, where nobody can make devices, the runtime mounts those that belong there over all else:
    /// the ones of the configuration, and the handful of every container, which have the node's paths.
    /// </summary>
    private bool IsDeviceOfItsPlace(string path, FileStatus found) =>
        _spec.Linux?.Namespaces?.Any(space => space.Type == NamespaceTypes.User) == true
        && (found.IsCharacterDevice || found.IsBlockDevice)
        && path.StartsWith("/dev/", StringComparison.Ordinal)
        && (found.Special == FileStatus.Of(path)?.Special || _spec.Linux.Devices?.Any(device =>
            device.Path == path && (device.Major, device.Minor) == (found.Special.Major, found.Special.Minor)) == true);

    private IEnumerable<Mount> Binds() =>
        (_spec.Mounts ?? []).Where(mount => mount is { Type: "bind", Source: ['/', ..] });

    /// <summary>
    /// The path has no link now, and leads there: so does that of a file which was replaced meanwhile, as programs
    /// write theirs (rename(2)), of one over which something was mounted, and of another mount of the container that a
    /// link of its image brought to the same place. None of them is a way elsewhere.
    /// </summary>
    private static bool LeadsTo(string source, FileStatus found)
    {
        try
        {
            using var now = BeneathDirectory.OpenFile("/", source[1..], OpenFlags.PathOnly, 0, 0);
            return found.IsSameFile(FileStatus.Of(now));
        }
        catch (SyscallException)
        {
            return false;
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
