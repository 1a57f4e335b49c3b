using Crisp.Linux;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// A container's cgroup where the runtime has not removed it: it does, unless it was killed before it wrote down what
/// it had made. A group that stays keeps kubelet from removing the pod's, and the pod "terminating".
/// </summary>
internal static class ContainerCgroup
{
    internal static async Task RemoveAsync(
        string group, EventLoop loop, TimeProvider time, CancellationToken cancellation)
    {
        if (!Cgroups.Exists(group))
            return;
        await Cgroups.KillAsync(group, loop, cancellation).ConfigureAwait(false);
        await Cgroups.RemoveAsync(group, time, cancellation).ConfigureAwait(false);
    }
}
