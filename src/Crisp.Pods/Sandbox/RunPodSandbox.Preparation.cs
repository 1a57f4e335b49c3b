using Crisp.Bundle.SELinux;
using Crisp.Linux;
using Crisp.Pods.Work;

namespace Crisp.Pods.Sandbox;

internal sealed partial class RunPodSandbox
{
    private const MountFlags ShmFlags = MountFlags.NoSuid | MountFlags.NoDev | MountFlags.NoExec;

    /// <summary>
    /// Step 4. With a user namespace of its own the pod begins with its init, in which all of them are made.
    /// </summary>
    private async Task MakeNamespacesAsync(Pod pod, UndoStack undo, CancellationToken cancellation)
    {
        undo.Push("remove the namespaces", () => teardown.RemoveNamespaces(pod));
        if (pod.Users is null)
        {
            await PodNamespaces.MakeAsync(pod).ConfigureAwait(false);
            return;
        }

        undo.Push("remove the cgroup parent", () => PodCgroup.RemoveParent(pod.Record));
        PodCgroup.EnsureParent(pod.Record);
        undo.Push("remove the init", undoing => init.RemoveAsync(pod, undoing));
        await init.StartAsync(pod, cancellation).ConfigureAwait(false);
        PodNamespaces.PinThoseOf(pod, pod.Init!.Record.Process!.Pid); // it was started
    }

    /// <summary>Steps 5 and 6, which do not need each other. Both have ended when this does.</summary>
    private async Task<IReadOnlyList<string>> AttachAndPrepareAsync(
        Pod pod, UndoStack undo, CancellationToken cancellation)
    {
        undo.Push("remove the run directory", () => teardown.RemoveRunDirectory(pod));
        undo.Push("remove the cgroup parent", () => PodCgroup.RemoveParent(pod.Record));
        Directory.CreateDirectory(node.Layout.RunPod(pod.Id));
        Task<IReadOnlyList<string>> attaching = AttachAsync(pod, undo, cancellation);
        Task preparing = Task.Run(() => Prepare(pod), CancellationToken.None);
        await Task.WhenAll(attaching, preparing).ConfigureAwait(false);
        IReadOnlyList<string> ips = await attaching.ConfigureAwait(false);
        PodFiles.WriteHosts(pod, node.Layout.PodFiles(pod.Id), ips, FileLabelOf(pod));
        return ips;
    }

    private async Task<IReadOnlyList<string>> AttachAsync(Pod pod, UndoStack undo, CancellationToken cancellation)
    {
        if (!pod.HasOwnNetwork)
            return [];
        undo.Push("detach the network", undoing => teardown.DetachNetworkAsync(pod, undoing));
        return await network.AttachAsync(pod, cancellation).ConfigureAwait(false);
    }

    private void Prepare(Pod pod)
    {
        PodFiles.Write(pod, node.Layout.PodFiles(pod.Id), FileLabelOf(pod));
        if (pod.HasOwnIpc)
            MountShm(pod);
        PodCgroup.EnsureParent(pod.Record);
    }

    private void MountShm(Pod pod)
    {
        string target = node.Layout.Shm(pod.Id);
        Directory.CreateDirectory(target);
        string owner = pod.Users is { } users ? $",uid={users.HostUid(0)},gid={users.HostGid(0)}" : "";
        Mounts.Mount(
            "tmpfs", "shm", target, ShmFlags,
            $"mode=1777,size={ShmSize.Of(pod.Config, handlers.Get(pod.Record.RuntimeHandler), node.Options)}{owner}{Mounts.LabelOption(FileLabelOf(pod)?.Text)}");
    }

    /// <summary>
    /// What SELinux calls the files of this pod's containers; null where they have no label of their own.
    /// </summary>
    private FileLabel? FileLabelOf(Pod pod) =>
        SELinuxLabels.Of(pod.Config, host, pod.Record.SELinuxLevel) is { } labels
            ? FileLabel.SELinux(labels.File)
            : null;

    /// <summary>Step 7.</summary>
    private async Task StartInitAsync(Pod pod, UndoStack undo, CancellationToken cancellation)
    {
        if (!pod.SharesPid || pod.Init is not null)
            return;
        undo.Push("remove the init", undoing => init.RemoveAsync(pod, undoing));
        await init.StartAsync(pod, cancellation).ConfigureAwait(false);
    }
}
