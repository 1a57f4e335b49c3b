using Crisp.Errors;
using Crisp.Pods.Lifecycle;
using Crisp.Pods.Records;
using Crisp.Pods.Sandbox;

namespace Crisp.Pods.Checkpoints;

/// <summary>
/// The start of a container from a checkpoint:
/// <list type="number">
/// <item>look once more at what its mounts lead to, which may have changed since it was made;</item>
/// <item>have the monitor run the runtime's restore, and be the parent of what that leaves behind;</item>
/// <item>set the pod's namespaces as they were: criu gave them the former pod's name and limits;</item>
/// <item>see that it mounted what was looked at. The processes run by then: where it did not, they are killed.</item>
/// </list>
/// </summary>
internal sealed class RestoreProcesses(
    NodeState node, MonitorLauncher monitors, ContainerExits exits, ImageVolumes volumes, RemovedState removed)
{
    internal async Task RestoreAsync(Container container)
    {
        using CancellationTokenSource bound = new(node.Options.CreateTimeout, node.Time);
        using MountSources mounts = await LookUpAsync(container, bound.Token).ConfigureAwait(false);
        Pod pod = node.Pods.Get(container.Record.PodId);
        NamespaceSettings settings = await NamespaceSettings.ReadAsync(pod.Record).ConfigureAwait(false);
        IMonitor monitor;
        try
        {
            monitor = await LaunchAsync(container, bound.Token).ConfigureAwait(false);
            container.Monitor = monitor;
            container.Accept(record => record.WithProcess(monitor.Process));
            exits.Watch(container);
        }
        finally
        {
            await settings.PutBackAsync().ConfigureAwait(false);
        }

        await mounts.RequireInAsync(monitor.Process.Pid, bound.Token).ConfigureAwait(false);
    }

    /// <summary>
    /// The container runs: what is left of its checkpoint is only in the way, and goes with the container at last.
    /// </summary>
    internal void ForgetCheckpoint(Container container)
    {
        try
        {
            removed.TakeRestoreFiles(container.Id);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            node.Log.RestoreFilesStay(container.Id, error);
        }
    }

    private async Task<IMonitor> LaunchAsync(Container container, CancellationToken cancellation)
    {
        try
        {
            return await monitors.LaunchAsync(container, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new CrispException(
                ErrorKind.DeadlineExceeded,
                $"the restore of container {container.Id} did not end within {node.Options.CreateTimeout.TotalSeconds:0} s"
                + CriuLog.SaidIn(Path.Combine(CheckpointFiles.WorkOf(container), CheckpointNames.RestoreLog)));
        }
    }

    /// <summary>Labels were given when it was made.</summary>
    private async Task<MountSources> LookUpAsync(Container container, CancellationToken cancellation)
    {
        HostMounts host = new(node.Options.AbsentMountSourcesToReject, volumes, labels: null);
        MountSources found = await host.ResolveAsync(
            container.Id, container.Config.Mounts, cancellation).ConfigureAwait(false);
        try
        {
            MountSources mounts = found.UsedBy(BundleWriter.ReadSpec(container));
            mounts.RequireConfigured();
            return mounts;
        }
        catch
        {
            found.Dispose();
            throw;
        }
    }
}
