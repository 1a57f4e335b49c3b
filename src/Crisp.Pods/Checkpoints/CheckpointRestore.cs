using Crisp.Errors;
using Crisp.Linux;
using Crisp.OciSpec.Runtime;
using Crisp.Pods.Lifecycle;
using Crisp.Pods.Records;
using Crisp.Pods.Sandbox;

namespace Crisp.Pods.Checkpoints;

/// <summary>What CreateContainer needs of checkpoints.</summary>
internal sealed class CheckpointRestore(
    RuntimeHandlers handlers, CheckpointSources sources, CheckpointFiles files, CheckpointSupport support)
{
    /// <summary>
    /// Null for an ordinary image. Whether the host can restore at all is found out before anything is made.
    /// </summary>
    internal async Task<CheckpointSource?> FindAsync(Pod pod, string image, CancellationToken cancellation)
    {
        CheckpointSource? source = sources.Find(image);
        if (source is not null)
            await support.RequireAsync(handlers.Get(pod.Record.RuntimeHandler), cancellation).ConfigureAwait(false);
        return source;
    }

    internal Task LayOutAsync(CheckpointSource source, Container container, CancellationToken cancellation) =>
        files.LayOutAsync(source, container, cancellation);

    /// <summary>Tells criu what the runtime does not; its settings are part of the bundle.</summary>
    internal void Configure(Container container)
    {
        var handler = handlers.Get(container.Record.RuntimeHandler);
        if (handler.CriuFile is not { } administrators)
            return;
        var settings = Path.Combine(container.Directory, FileNames.CriuSettings);
        File.WriteAllText(settings, CriuSettings.Compose(
            File.Exists(administrators) ? File.ReadAllText(administrators) : "",
            handler.LeavesCgroupsToCriu && Cgroups.IsUnified ? container.Record.CgroupPath : null));
        var spec = BundleWriter.ReadSpec(container);
        Dictionary<string, string> annotations = new(spec.Annotations ?? new Dictionary<string, string>())
        {
            [CriuSettings.Annotation] = settings,
        };
        BundleWriter.WriteSpec(container, spec with { Annotations = annotations });
    }

    /// <summary>
    /// The processes hold the mounts that they had. Each has to be there again, and only the request says from where.
    /// </summary>
    internal static void RequireMounts(CheckpointSource source, Spec spec)
    {
        string[] missing = [.. source.BindMounts.Except((spec.Mounts ?? []).Select(mount => mount.Destination))];
        if (missing.Length > 0)
            throw CrispException.InvalidArgument(
                "config.mounts", $"the checkpoint needs something mounted on {string.Join(", ", missing)}");
    }

    /// <summary>
    /// criu is told of mounts as "mnt[TARGET]:SOURCE", where runtimes have followed the image's links to the target:
    /// one that holds what ends it would name a source of its own (CVE-2026-119101, CVE-2026-115520).
    /// </summary>
    internal static void RequirePlainTargets(string root, Spec spec)
    {
        using RootedDirectory inside = RootedDirectory.Open(root);
        foreach (string target in (spec.Mounts ?? []).Select(mount => mount.Destination))
        {
            if (Places(inside, target).Any(place => place.Contains("]:", StringComparison.Ordinal)))
                throw CrispException.InvalidArgument("config.mounts.container_path",
                    $"{target} leads to a name with \"]:\" in it, which criu cannot be told of");
        }
    }

    /// <summary>What is on the way to a path, by the names that it really has.</summary>
    private static IEnumerable<string> Places(RootedDirectory inside, string path)
    {
        yield return path;
        for (int end = Next(path, 0); end > 0; end = end < path.Length ? Next(path, end) : 0)
        {
            using FileDescriptor? place = inside.TryOpenFile(path[..end], OpenFlags.PathOnly);
            if (place is null)
                yield break;
            yield return new FileInfo(place.ProcPath).LinkTarget!; // an open descriptor is a link
        }
    }

    private static int Next(string path, int slash) =>
        path.IndexOf('/', slash + 1) is >= 0 and var next ? next : path.Length;
}
