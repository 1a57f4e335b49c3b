using Crisp.Errors;
using Crisp.Images;
using Crisp.OciRuntime;

namespace Crisp.Pods.Checkpoints;

/// <summary>
/// CheckpointContainer, and the part of CheckpointPod that is the same:
/// <list type="number">
/// <item>find out whether configuration, runtime, criu and kernel can;</item>
/// <item>open the archive beside its place, and see that there is room;</item>
/// <item>pause the containers, so that their files fit their memory and all are of one moment;</item>
/// <item>have the runtime checkpoint each, left as it is, and gather what it has changed in its file system;</item>
/// <item>let them run on, whatever happened;</item>
/// <item>write the archives, and give them their names.</item>
/// </list>
/// Up to the third step nothing has happened to anybody.
/// </summary>
internal sealed class CheckpointContainer(
    NodeState node, RuntimeHandlers handlers, ImageStore images, CheckpointSupport support)
{
    /// <param name="idOrPrefix">The container.</param>
    /// <param name="location">Absolute path of the archive; it must not exist.</param>
    /// <param name="timeout">How long the container may stand still; null: as long as it takes.</param>
    /// <param name="patience">The caller's.</param>
    internal async Task CheckpointAsync(
        string idOrPrefix, string location, TimeSpan? timeout, CancellationToken patience)
    {
        var container = node.Containers.Get(idOrPrefix);
        var criu = await SupportOfAsync(container, patience).ConfigureAwait(false);
        var work = CheckpointWork.Begin(container, location);
        await Task.Run(() => RunAsync([work], criu, timeout), CancellationToken.None)
            .WaitAsync(patience).ConfigureAwait(false);
    }

    internal Task<string> SupportOfAsync(Container container, CancellationToken cancellation) =>
        support.RequireAsync(handlers.Get(container.Record.RuntimeHandler), cancellation);

    /// <summary>Steps 3 to 6; the works are disposed of.</summary>
    internal async Task RunAsync(IReadOnlyList<CheckpointWork> works, string criu, TimeSpan? timeout)
    {
        try
        {
            await StandingStillAsync(works, criu, timeout).ConfigureAwait(false);
            foreach (var work in works)
                work.WriteArchive(Describe(work.Container));
        }
        finally
        {
            foreach (var work in works)
                work.Dispose();
        }
    }

    private async Task StandingStillAsync(IReadOnlyList<CheckpointWork> works, string criu, TimeSpan? timeout)
    {
        using var bound = new CancellationTokenSource(timeout ?? Timeout.InfiniteTimeSpan, node.Time);
        try
        {
            foreach (var work in works)
                await RuntimeOf(work).PauseAsync(work.Container.Id, bound.Token).ConfigureAwait(false);
            foreach (var work in works)
                await work.DumpAsync(RuntimeOf(work), criu, bound.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested)
        {
            throw new CrispException(
                ErrorKind.DeadlineExceeded,
                // only it cancels
                $"the checkpoint of container {works[0].Container.Id} did not end within {timeout!.Value.TotalSeconds:0} s; it runs on");
        }
        finally
        {
            await CheckpointResumes.LetRunOnAsync(
                works, work => RuntimeOf(work).ResumeAsync(work.Container.Id, CancellationToken.None),
                node.Log).ConfigureAwait(false);
        }
    }

    private OciRuntimeCli RuntimeOf(CheckpointWork work) => handlers.Of(work.Container);

    private ConfigDump Describe(Container container)
    {
        var image = images.Find(container.Record.ImageId);
        return new ConfigDump
        {
            Id = container.Id,
            Name = container.Config.Metadata.Name,
            Image = NameOf(container, image),
            ImageId = container.Record.ImageId,
            ImageName = image is { RepoDigests: [var digested, ..] } ? digested : "",
            Runtime = container.Record.RuntimeHandler,
            CreatedAt = Nanoseconds.ToMoment(container.Record.CreatedAtNanos),
            CheckpointedAt = node.Time.GetUtcNow(),
            Restored = container.Record.IsRestored,
        };
    }

    /// <summary>
    /// As the user wrote it; a restored container's was an archive or an image of one, and its own image is another.
    /// </summary>
    private static string NameOf(Container container, StoredImage? image)
    {
        if (container.Record.IsRestored && image is { RepoTags: [var tag, ..] })
            return tag;
        Runtime.V1.ImageSpec asked = container.Config.Image;
        return asked.UserSpecifiedImage is { Length: > 0 } named ? named : asked.Image;
    }
}
