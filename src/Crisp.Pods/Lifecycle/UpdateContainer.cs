using Crisp.Bundle;
using Crisp.Errors;
using Crisp.Linux;
using Crisp.OciSpec.Runtime;
using Crisp.Pods.Stats;
using Google.Protobuf;
using Runtime.V1;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// UpdateContainerResources:
/// <list type="number">
/// <item>work out what the container has afterwards, and refuse what cannot be;</item>
/// <item>have the runtime write the cgroup, all but the end of a CPU quota where it cannot;</item>
/// <item>give the container's processes their score for the kernel's OOM killer, which no runtime does;</item>
/// <item>write it to config.json, where later execs and `inspect` find it, and to the record.</item>
/// </list>
/// Several updates of one container come one after the other.
/// </summary>
internal sealed class UpdateContainer(NodeState node, RuntimeHandlers handlers, HostFacts host)
{
    internal Task UpdateAsync(string idOrPrefix, LinuxContainerResources asked, CancellationToken patience)
    {
        Container container = node.Containers.Get(idOrPrefix);
        return container.Updates.RunAsync(() => UpdateOnceAsync(container, asked), patience);
    }

    private async Task UpdateOnceAsync(Container container, LinuxContainerResources asked)
    {
        RequireAlive(container);
        LinuxContainerResources current = container.Snapshot.Resources ?? new LinuxContainerResources();
        LinuxContainerResources next = ResourceChange.Apply(current, asked);
        RuntimeHandler handler = handlers.Get(container.Record.RuntimeHandler);
        ResourceUpdate update = Bundle.ContainerResources.ForUpdate(next, host, handler.Facts);
        RequireRoom(container, current, next);
        foreach (string note in update.Notes)
            node.Log.BundleNote(container.Id, note);

        if (update.NoCpuQuota)
            Cgroups.RemoveCpuQuota(container.Record.CgroupPath);
        await handler.Cli.UpdateAsync(container.Id, update.Resources, CancellationToken.None).ConfigureAwait(false);
        if (next.OomScoreAdj != current.OomScoreAdj)
            SetOomScore(container, update.OomScoreAdj);
        RewriteSpec(container, update);
        // it is in effect, whether or not the disk takes it
        container.Accept(record => record with { Resources = next.ToByteArray() });
    }

    private static void RequireAlive(Container container)
    {
        if (container.Snapshot.Phase is not (ContainerPhase.Created or ContainerPhase.Running))
        {
            throw new CrispException(
                ErrorKind.FailedPrecondition,
                $"container {container.Id} is neither created nor running, so its resources cannot be changed");
        }
    }

    /// <summary>With cgroup v2 the kernel makes room for a lower limit by killing.</summary>
    private static void RequireRoom(Container container, LinuxContainerResources current, LinuxContainerResources next)
    {
        long limit = next.MemoryLimitInBytes;
        if (limit <= 0 || limit == current.MemoryLimitInBytes
            || MemoryInUse.Of(container.Record.CgroupPath) is not { } used || (ulong)limit >= used)
            return;
        throw new CrispException(
            ErrorKind.FailedPrecondition,
            $"memory_limit_in_bytes: {limit} is below what container {container.Id} uses now, {used} bytes");
    }

    private static void SetOomScore(Container container, int score)
    {
        foreach (int pid in Cgroups.Processes(container.Record.CgroupPath))
            ProcessOomScore.TrySet(pid, score);
    }

    private static void RewriteSpec(Container container, ResourceUpdate update)
    {
        Spec spec = BundleWriter.ReadSpec(container);
        var process = spec.Process! with { OomScoreAdj = update.OomScoreAdj }; // the builder always fills it
        BundleWriter.WriteSpec(container, spec with
        {
            Process = process,
            Linux = spec.Linux! with
            {
                Resources = update.Resources with
                {
                    Devices = spec.Linux.Resources?.Devices,
                    Pids = spec.Linux.Resources?.Pids
                },
            },
        });
        container.Process = process;
    }
}
