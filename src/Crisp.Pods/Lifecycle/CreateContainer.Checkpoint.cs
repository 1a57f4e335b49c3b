using Crisp.Pods.Checkpoints;
using Crisp.Pods.Events;
using Crisp.Pods.Identity;
using Crisp.Pods.Sandbox;
using Crisp.Pods.Work;
using Runtime.V1;

namespace Crisp.Pods.Lifecycle;

internal sealed partial class CreateContainer
{
    /// <summary>
    /// A container from a checkpoint: the same steps on the image that the checkpoint was made of, with what it had
    /// changed over that. There is no process before the start, which restores them; so no monitor is needed yet.
    /// </summary>
    private async Task<INamed> MakeFromCheckpointAsync(
        Pod pod, CreateContainerRequest request, CheckpointSource checkpoint, CreationParts parts, Creation creation)
    {
        RequireReady(pod.Record);
        using CancellationTokenSource bound = new(node.Options.CreateTimeout, node.Time);
        using IDisposable retained = sources.Retain(parts, creation.Id);
        await using UndoStack undo = new($"container {creation.Id}", node.Log, node.Time);

        creation.Enter("step 3 of 8: writing its record");
        Container container = WriteRecord(pod, request, parts, creation.Id, undo);
        container.Change(record => record with { IsRestored = true });
        creation.Enter("step 4 of 8: unpacking the checkpoint and mounting its root file system");
        await restores.LayOutAsync(checkpoint, container, bound.Token).ConfigureAwait(false);
        string root = await MountAsync(container, parts, undo, bound.Token).ConfigureAwait(false);
        creation.Enter("steps 5 and 6 of 8: building its bundle");
        using MountSources mounts = await WriteBundleAsync(
            pod, container, parts, root, bound.Token).ConfigureAwait(false);
        CheckpointRestore.RequireMounts(checkpoint, BundleWriter.ReadSpec(container));
        CheckpointRestore.RequirePlainTargets(root, BundleWriter.ReadSpec(container));
        restores.Configure(container);
        creation.Enter("step 8 of 8: recording that it is created");
        ShowCreated(pod, container);

        undo.Commit();
        node.Tell(ContainerEventKind.Created, container);
        return container;
    }
}
