using Crisp.Bundle;
using Crisp.Errors;
using Crisp.Linux;
using Crisp.Pods.Checkpoints;
using Crisp.Pods.Events;
using Crisp.Pods.Identity;
using Crisp.Pods.Records;
using Crisp.Pods.Sandbox;
using Crisp.Pods.Work;
using Runtime.V1;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// CreateContainer:
/// <list type="number">
/// <item>validate the request;</item>
/// <item>reserve the name, or join whoever makes the same container already;</item>
/// <item>write the record, in the stage Creating;</item>
/// <item>mount the image with a writable layer over it, while the monitor starts;</item>
/// <item>look at both sides: users and working directory in the container's root, mounts and devices on the
/// host;</item>
/// <item>build the bundle;</item>
/// <item>have the monitor run the runtime's create, and see that it mounted what was looked at;</item>
/// <item>record that the container is created, and show it, unless its pod was stopped meanwhile.</item>
/// </list>
/// Every step is on record before it acts, so that a daemon that comes after a killed one can undo it.
/// </summary>
internal sealed partial class CreateContainer(
    NodeState node, CreationSources sources, BundleWriter bundles, MonitorLauncher monitors, ContainerRelease release,
    ContainerExits exits, CheckpointRestore restores)
{
    internal async Task<string> CreateAsync(CreateContainerRequest request, CancellationToken patience)
    {
        Pod pod = node.Pods.Get(request.PodSandboxId);
        ContainerConfigValidation.Validate(request.Config, pod.Config); // step 1
        ContainerConfigValidation.Privilege(request.Config, request.SandboxConfig ?? pod.Config);
        CheckpointSource? checkpoint = await restores.FindAsync(
            pod, request.Config.Image.Image, patience).ConfigureAwait(false);
        CreationParts parts = sources.Find(request.Config, checkpoint?.Base) with { Checkpoint = checkpoint?.Holder };
        CreateContainerRequest asked = new() { PodSandboxId = pod.Id, Config = request.Config };
        ObjectName name = ObjectName.OfContainer(pod.Id, request.Config.Metadata);
        return await node.ContainerNames.MakeAsync(name, asked, creation => checkpoint is null
            ? MakeAsync(pod, asked, parts, creation)
            : MakeFromCheckpointAsync(pod, asked, checkpoint, parts, creation), patience).ConfigureAwait(
                false); // step 2
    }

    private async Task<INamed> MakeAsync(
        Pod pod, CreateContainerRequest request, CreationParts parts, Creation creation)
    {
        RequireReady(pod.Record);
        using CancellationTokenSource bound = new(node.Options.CreateTimeout, node.Time);
        using IDisposable retained = sources.Retain(parts, creation.Id);
        await using UndoStack undo = new($"container {creation.Id}", node.Log, node.Time);

        creation.Enter("step 3 of 8: writing its record");
        Container container = WriteRecord(pod, request, parts, creation.Id, undo);
        creation.Enter("step 4 of 8: mounting its root file system");
        CgroupMoves.Announce();
        await using StartedMonitor monitor = monitors.Start(container);
        string root = await MountAsync(container, parts, undo, bound.Token).ConfigureAwait(false);
        creation.Enter("steps 5 and 6 of 8: building its bundle");
        using MountSources mounts = await WriteBundleAsync(
            pod, container, parts, root, bound.Token).ConfigureAwait(false);
        creation.Enter("step 7 of 8: creating it with the OCI runtime");
        await CreateInRuntimeAsync(container, monitor, mounts, undo, bound.Token).ConfigureAwait(false);
        creation.Enter("step 8 of 8: recording that it is created");
        ShowCreated(pod, container);

        undo.Commit();
        node.Tell(ContainerEventKind.Created, container);
        exits.Watch(container);
        return container;
    }

    private static void RequireReady(PodRecord pod)
    {
        if (pod.Stage != PodStage.Ready)
            throw new CrispException(
                ErrorKind.FailedPrecondition, $"pod sandbox {pod.Id} is not ready, so it takes no containers");
    }
}
