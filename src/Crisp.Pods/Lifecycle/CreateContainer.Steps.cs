using Crisp.Bundle;
using Crisp.Images;
using Crisp.Pods.Records;
using Crisp.Pods.Sandbox;
using Crisp.Pods.Work;
using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Pods.Lifecycle;

internal sealed partial class CreateContainer
{
    /// <summary>Step 3: from here on a new daemon knows what to undo.</summary>
    private Container WriteRecord(
        Pod pod, CreateContainerRequest request, StoredImage image, string id, UndoStack undo)
    {
        Container container = new(request, Plan(pod, request.Config, image, id), node.Layout, node.Time);
        undo.Push("delete the content and the records", _ => release.DeleteAsync(container));
        Directory.CreateDirectory(container.Directory);
        Directory.CreateDirectory(node.Layout.RunContainer(id));
        File.WriteAllBytes(Path.Combine(container.Directory, FileNames.Request), request.ToByteArray());
        container.WriteFirst();
        return container;
    }

    private ContainerRecord Plan(Pod pod, ContainerConfig config, StoredImage image, string id) => new()
    {
        Id = id,
        PodId = pod.Id,
        Stage = ContainerStage.Creating,
        CreatedAtNanos = node.NowNanos,
        ImageId = image.Id,
        RuntimeHandler = pod.Record.RuntimeHandler,
        CgroupPath = bundles.PlaceOf(pod, id).Directory,
        MonitorCgroup = MonitorCgroup.Of(node.Options, pod.Config.Linux?.CgroupParent, id),
        LogPath = config.LogPath.Length > 0 && pod.Config.LogDirectory.Length > 0 ? Path.Combine(pod.Config.LogDirectory, config.LogPath) : null,
    };

    /// <summary>Step 4.</summary>
    private async Task<string> MountAsync(
        Container container, StoredImage image, UndoStack undo, CancellationToken cancellation)
    {
        undo.Push("unmount the root", _ => images.Snapshots.UnmountAsync(container.Directory));
        return await images.Snapshots.MountAsync(container.Directory, image, cancellation).ConfigureAwait(false);
    }

    /// <summary>Steps 5 and 6.</summary>
    private async Task WriteBundleAsync(
        Pod pod, Container container, StoredImage image, string root, CancellationToken cancellation)
    {
        IReadOnlyList<ResolvedMount> mounts = await HostMounts.ResolveAsync(
            container.Config.Mounts, node.Options.AbsentMountSourcesToReject, cancellation).ConfigureAwait(false);
        WrittenBundle bundle = bundles.Write(pod, container, image, root, mounts);
        foreach (string note in bundle.Notes)
            node.Log.BundleNote(container.Id, note);
        container.Change(record => record with { User = bundle.User, StopSignal = bundle.StopSignal });
    }

    /// <summary>Step 7.</summary>
    private async Task CreateInRuntimeAsync(
        Container container, StartedMonitor monitor, UndoStack undo, CancellationToken cancellation)
    {
        undo.Push("delete it from the runtime", undoing => release.DeleteFromRuntimeAsync(container, undoing));
        container.Monitor = await monitor.CreateAsync(cancellation).ConfigureAwait(false);
        undo.Push("end the monitor", _ => MonitorLauncher.DismissAsync(container.Monitor));
    }

    /// <summary>Step 8: the container appears in lists only now. A pod that is being stopped looks for them after its own change.</summary>
    private void ShowCreated(Pod pod, Container container)
    {
        pod.WhileUnchanged(record =>
        {
            RequireReady(record);
            container.Change(made => made.ToCreated(container.Monitor?.Process));
            node.Containers.Add(container);
        });
    }
}
