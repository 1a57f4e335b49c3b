using Runtime.V1;

namespace Crisp.Cri.Rpc;

/// <summary>kubelet takes the cgroup driver from here instead of its own configuration.</summary>
internal sealed class RuntimeConfig(NodeFacts node) : IRpc<RuntimeConfigRequest, RuntimeConfigResponse>
{
    public Task<RuntimeConfigResponse> HandleAsync(RuntimeConfigRequest request, CancellationToken patience) =>
        Task.FromResult(new RuntimeConfigResponse
        {
            Linux = new LinuxRuntimeConfiguration
            {
                CgroupDriver = node.SystemdCgroups ? CgroupDriver.Systemd : CgroupDriver.Cgroupfs,
            },
        });
}
