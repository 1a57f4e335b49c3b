using Crisp.Errors;
using Crisp.OciSpec.Runtime;
using Crisp.Pods.Sandbox;

namespace Crisp.Pods.Checkpoints;

/// <summary>What CreateContainer needs of checkpoints.</summary>
internal sealed class CheckpointRestore(
    RuntimeHandlers handlers, CheckpointSources sources, CheckpointFiles files, CheckpointSupport support)
{
    /// <summary>Null for an ordinary image. Whether the host can restore at all is found out before anything is made.</summary>
    internal async Task<CheckpointSource?> FindAsync(Pod pod, string image, CancellationToken cancellation)
    {
        CheckpointSource? source = sources.Find(image);
        if (source is not null)
            await support.RequireAsync(handlers.Get(pod.Record.RuntimeHandler), cancellation).ConfigureAwait(false);
        return source;
    }

    internal Task LayOutAsync(CheckpointSource source, Container container, CancellationToken cancellation) =>
        files.LayOutAsync(source, container, cancellation);

    /// <summary>
    /// The processes hold the mounts that they had. Each has to be there again, and only the request says from where.
    /// </summary>
    internal static void RequireMounts(CheckpointSource source, Spec spec)
    {
        string[] missing = [.. source.BindMounts.Except((spec.Mounts ?? []).Select(mount => mount.Destination))];
        if (missing.Length > 0)
            throw CrispException.InvalidArgument("config.mounts", $"the checkpoint needs something mounted on {string.Join(", ", missing)}");
    }
}
