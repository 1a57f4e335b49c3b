using Crisp.Bundle;
using Crisp.Linux;
using Crisp.Pods.Records;
using Crisp.Pods.Sandbox;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// The cgroup that monitors are put into: the configured one; without one the daemon's own, but where systemd makes v2
/// cgroups system.slice, as with cri-o: a `systemctl kill` of the daemon spares them there. In a pod's cgroup and in a
/// slice, where cgroup v2 lets no process be beside groups, each gets one of its own, with the name that kubelet's
/// cAdvisor knows from cri-o, and it goes with the container; any other is the administrator's.
/// </summary>
internal static class MonitorCgroup
{
    /// <summary>The value of <see cref="PodsOptions.MonitorCgroup"/> that means the pod's.</summary>
    internal const string OfPod = "pod";

    private const string OwnName = "/crio-conmon-";
    private const string DefaultSlice = "system.slice";

    /// <summary>
    /// The group as a path beneath the hierarchies' mounts; null where the monitor stays in the daemon's own.
    /// </summary>
    internal static string? Of(PodsOptions options, Pod pod, string containerId)
    {
        bool inSystemSlice = Cgroups.IsUnified && options.CgroupDriver == CgroupDriver.Systemd;
        return Place(
            Configured(options, pod) is { Length: > 0 } configured ? configured : inSystemSlice ? DefaultSlice : "",
            () => CgroupPlacement.ParentDirectory(pod.Config.Linux?.CgroupParent, options.CgroupDriver),
            containerId);
    }

    internal static string? Place(string where, Func<string> podDirectory, string containerId) => where switch
    {
        "" => null,
        OfPod => podDirectory() + OwnName + containerId,
        _ when where.EndsWith(".slice", StringComparison.Ordinal) =>
            CgroupPlacement.ParentDirectory(where, CgroupDriver.Systemd) + OwnName + containerId,
        _ => CgroupPlacement.ParentDirectory(where, CgroupDriver.Cgroupfs),
    };

    /// <summary>
    /// Makes it, and returns its directories; empty where there is none. On v2 no controllers are handed down to it: it
    /// has no limits, and what controllers a slice has is systemd's affair.
    /// </summary>
    internal static IReadOnlyList<string> Make(ContainerRecord container)
    {
        if (container.MonitorCgroup is not { } group)
            return [];
        if (!Cgroups.IsUnified)
            Cgroups.Create(group);
        List<string> directories =
            [.. Cgroups.Layout.Controllers.Values.Distinct().Select(mount => $"{mount}/{group.TrimStart('/')}")];
        directories.ForEach(directory => Directory.CreateDirectory(directory));
        return directories;
    }

    /// <summary>
    /// Removes a group that is the container's, soon after its monitor was told to end. One that still sends output to
    /// its readers keeps the group, until the container is removed.
    /// </summary>
    internal static async Task TryRemoveAsync(
        ContainerRecord container, TimeProvider time, CancellationToken cancellation)
    {
        if (!IsOwn(container))
            return;
        try
        {
            await Cgroups.RemoveAsync(
                container.MonitorCgroup!, time, cancellation).ConfigureAwait(false); // own ones have a path
        }
        catch (SyscallException)
        {
            // It is busy; the container's removal removes it.
        }
    }

    /// <summary>Removes it with whoever is in it.</summary>
    internal static Task RemoveAsync(
        ContainerRecord container, EventLoop loop, TimeProvider time, CancellationToken cancellation) =>
        IsOwn(container)
            ? ContainerCgroup.RemoveAsync(container.MonitorCgroup!, loop, time, cancellation) // own ones have a path
            : Task.CompletedTask;

    private static string Configured(PodsOptions options, Pod pod) =>
        options.Handlers.FirstOrDefault(handler => handler.Name == pod.Record.RuntimeHandler)?.MonitorCgroup
            ?? options.MonitorCgroup;

    private static bool IsOwn(ContainerRecord container) =>
        container.MonitorCgroup?.EndsWith(OwnName + container.Id, StringComparison.Ordinal) == true;
}
