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
        Pod pod, CreateContainerRequest request, CreationParts parts, string id, UndoStack undo)
    {
        Container container = new(request, Plan(pod, request.Config, parts, id), node.Layout, node.Time);
        undo.Push("delete the content and the records", _ => release.DeleteAsync(container));
        Directory.CreateDirectory(
            container.Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(node.Layout.RunContainer(id));
        File.WriteAllBytes(Path.Combine(container.Directory, FileNames.Request), request.ToByteArray());
        container.WriteFirst();
        return container;
    }

    private ContainerRecord Plan(Pod pod, ContainerConfig config, CreationParts parts, string id) => new()
    {
        Id = id,
        PodId = pod.Id,
        Stage = ContainerStage.Creating,
        CreatedAtNanos = node.NowNanos,
        ImageId = parts.Image.Id,
        ImageVolumes = parts.ImageVolumes.Count > 0 ? [.. parts.ImageVolumes.Select(image => image.Id)] : null,
        RuntimeHandler = pod.Record.RuntimeHandler,
        CgroupPath = bundles.PlaceOf(pod, id).Directory,
        MonitorCgroup = MonitorCgroup.Of(node.Options, pod, id),
        LogPath = LogDirectoryOf(pod) is { } directory
            ? Path.Combine(directory, config.LogPath.Length > 0 ? config.LogPath : $"{id}.log")
            : null,
    };

    /// <summary>
    /// kubelet always names one; else there is one for the pod's life, as in cri-o, unless none is wanted.
    /// </summary>
    private string? LogDirectoryOf(Pod pod)
    {
        if (pod.Config.LogDirectory.Length > 0)
            return pod.Config.LogDirectory;
        if (node.Layout.PodLogs(pod.Id) is not { } directory)
            return null;
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return directory;
    }

    /// <summary>Step 4.</summary>
    private async Task<string> MountAsync(
        Container container, CreationParts parts, UndoStack undo, CancellationToken cancellation)
    {
        undo.Push("unmount the root and the image volumes", _ => release.UnmountAsync(container));
        string root = await sources.Roots.MountAsync(
            container.Directory, parts.Image, ViewOf(container), cancellation).ConfigureAwait(false);
        await sources.Volumes.MountAsync(
            container, parts.ImageVolumes, ViewOf(container), cancellation).ConfigureAwait(false);
        return root;
    }

    private SnapshotView ViewOf(Container container)
    {
        Pod pod = node.Pods.Get(container.Record.PodId);
        return new SnapshotView(
            pod is { Users: { } users, Record.UserNs: { } file }
                ? new SnapshotUsers(file, users.HostUid, users.HostGid)
                : null,
            bundles.LabelsOf(pod, container)?.File);
    }

    /// <summary>Steps 5 and 6. The answer is what it is mounted from.</summary>
    private async Task<MountSources> WriteBundleAsync(
        Pod pod, Container container, CreationParts parts, string root, CancellationToken cancellation)
    {
        HostMounts host = new(
            node.Options.AbsentMountSourcesToReject, sources.Volumes, bundles.VolumeLabelsOf(pod, container));
        MountSources mounts = await host.ResolveAsync(
            container.Id, container.Config.Mounts, cancellation).ConfigureAwait(false);
        try
        {
            WrittenBundle bundle = bundles.Write(pod, container, parts, root, mounts.Mounts);
            await bundles.RequirePlacesAsync(pod, container, bundle.Spec, cancellation).ConfigureAwait(false);
            foreach (string note in bundle.Notes)
                node.Log.BundleNote(container.Id, note);
            container.Change(record => record with { User = bundle.User, StopSignal = bundle.StopSignal });
            return mounts.UsedBy(bundle.Spec);
        }
        catch
        {
            mounts.Dispose();
            throw;
        }
    }

    /// <summary>Step 7.</summary>
    private async Task CreateInRuntimeAsync(
        Container container, StartedMonitor monitor, MountSources mounts, UndoStack undo,
        CancellationToken cancellation)
    {
        if (container.Record.LogPath is { } log)
            undo.Push("remove its empty log", () => RemoveEmpty(log));
        undo.Push("delete it from the runtime", undoing => release.DeleteFromRuntimeAsync(container, undoing));
        container.Monitor = await monitor.CreateAsync(cancellation).ConfigureAwait(false);
        undo.Push("end the monitor", _ => MonitorLauncher.DismissAsync(container.Monitor));
        await mounts.RequireInAsync(container.Monitor.Process.Pid, cancellation).ConfigureAwait(false);
    }

    /// <summary>The monitor opens the log before the runtime has said whether there will be a container.</summary>
    private static void RemoveEmpty(string log)
    {
        if (new FileInfo(log) is { Exists: true, Length: 0, LinkTarget: null })
            File.Delete(log);
    }

    /// <summary>
    /// Step 8: the container appears in lists only now. A pod that is being stopped looks for them after its own
    /// change.
    /// </summary>
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
