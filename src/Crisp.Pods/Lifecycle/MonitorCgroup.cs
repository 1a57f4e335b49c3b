using Crisp.Bundle;
using Crisp.Linux;
using Crisp.Pods.Records;
using Crisp.Pods.Sandbox;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// The cgroup that monitors are put into, where one is configured. In a pod's cgroup and in a slice, where cgroup v2
/// lets no process be beside groups, each gets one of its own, with the name that kubelet's cAdvisor knows from cri-o,
/// and it goes with the container; any other is the administrator's.
/// </summary>
internal static class MonitorCgroup
{
    /// <summary>The value of <see cref="PodsOptions.MonitorCgroup"/> that means the pod's.</summary>
    internal const string OfPod = "pod";

    private const string OwnName = "/crio-conmon-";

    /// <summary>The group as a path beneath the hierarchies' mounts; null where the monitor stays in the daemon's own.</summary>
    internal static string? Of(PodsOptions options, Pod pod, string containerId) => Configured(options, pod) switch
    {
        "" => null,
        OfPod => CgroupPlacement.ParentDirectory(pod.Config.Linux?.CgroupParent, options.CgroupDriver) + OwnName + containerId,
        var slice when slice.EndsWith(".slice", StringComparison.Ordinal) => CgroupPlacement.ParentDirectory(slice, CgroupDriver.Systemd) + OwnName + containerId,
        var path => CgroupPlacement.ParentDirectory(path, CgroupDriver.Cgroupfs),
    };

    /// <summary>Makes it, and returns its directories; empty where none is configured.</summary>
    internal static IReadOnlyList<string> Make(ContainerRecord container)
    {
        if (container.MonitorCgroup is not { } group)
            return [];
        Cgroups.Create(group);
        return [.. Cgroups.Layout.Controllers.Values.Distinct().Select(mount => $"{mount}/{group.TrimStart('/')}")];
    }

    /// <summary>
    /// Removes a group that is the container's, soon after its monitor was told to end. One that still sends output to
    /// its readers keeps the group, until the container is removed.
    /// </summary>
    internal static async Task TryRemoveAsync(ContainerRecord container, TimeProvider time, CancellationToken cancellation)
    {
        if (!IsOwn(container))
            return;
        try
        {
            await Cgroups.RemoveAsync(container.MonitorCgroup!, time, cancellation).ConfigureAwait(false); // own ones have a path
        }
        catch (SyscallException)
        {
            // It is busy; the container's removal removes it.
        }
    }

    /// <summary>Removes it with whoever is in it.</summary>
    internal static Task RemoveAsync(ContainerRecord container, EventLoop loop, TimeProvider time, CancellationToken cancellation) =>
        IsOwn(container)
            ? ContainerCgroup.RemoveAsync(container.MonitorCgroup!, loop, time, cancellation) // own ones have a path
            : Task.CompletedTask;

    private static string Configured(PodsOptions options, Pod pod) =>
        options.Handlers.FirstOrDefault(handler => handler.Name == pod.Record.RuntimeHandler)?.MonitorCgroup ?? options.MonitorCgroup;

    private static bool IsOwn(ContainerRecord container) =>
        container.MonitorCgroup?.EndsWith(OwnName + container.Id, StringComparison.Ordinal) == true;
}
