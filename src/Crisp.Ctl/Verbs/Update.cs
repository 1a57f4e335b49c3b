using Crisp.Ctl.CommandLine;
using Runtime.V1;

namespace Crisp.Ctl.Verbs;

/// <summary>
/// Zero and empty mean to the runtime that it leaves a value as it is; so does an option that is not given.
/// </summary>
internal sealed class Update : Verb
{
    internal override string Name => "update";

    internal override string Summary => "Change the resources of running containers";

    internal override string Arguments => "CONTAINER-ID...";

    internal override IReadOnlyList<Flag> Flags { get; } =
    [
        Flag.Number("cpu-period", null, "CPU period of the scheduler, in microseconds"),
        Flag.Number("cpu-quota", null, "CPU time in each period, in microseconds"),
        Flag.Number("cpu-share", null, "CPU shares, relative to other containers"),
        Flag.Text("cpuset-cpus", null, "The CPUs that may be used, such as 0-2,7"),
        Flag.Text("cpuset-mems", null, "The memory nodes that may be used"),
        Flag.Number("memory", null, "Memory limit, in bytes"),
        Flag.Number("memory-swap", null, "Limit of memory and swap together, in bytes"),
    ];

    internal override async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var resources = new LinuxContainerResources
        {
            CpuPeriod = call.Flags.Number("cpu-period"),
            CpuQuota = call.Flags.Number("cpu-quota"),
            CpuShares = call.Flags.Number("cpu-share"),
            CpusetCpus = call.Flags.Text("cpuset-cpus"),
            CpusetMems = call.Flags.Text("cpuset-mems"),
            MemoryLimitInBytes = call.Flags.Number("memory"),
            MemorySwapLimitInBytes = call.Flags.Number("memory-swap"),
        };
        var ids = call.Expect(1, int.MaxValue, "a container ID");
        return await ForEachAsync(call, ids, "cannot update container", async id =>
        {
            var runtime = await call.RuntimeAsync(ct);
            var request = new UpdateContainerResourcesRequest { ContainerId = id, Linux = resources };
            await call.CallAsync(
                "UpdateContainerResources", options => runtime.UpdateContainerResourcesAsync(request, options), ct);
            await call.Text.WriteLineAsync(id);
        });
    }
}
