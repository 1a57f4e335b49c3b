using Crisp.Bundle;
using Runtime.V1;

namespace Crisp.Pods.Lifecycle;

/// <summary>
/// The devices of the host that containers get: those of the configuration, of the request, and of annotations.
/// </summary>
internal sealed class NodeDevices(PodsOptions options)
{
    private readonly IReadOnlyList<Device> _additional =
        [.. options.AdditionalDevices.Select(line => DeviceLine.Parse("crio.runtime.additional_devices", line))];

    /// <summary>A later one of the same path counts.</summary>
    internal IReadOnlyList<ResolvedDevice> Of(PodSandboxConfig pod, ContainerConfig container, RuntimeFacts runtime) =>
    [
        .. HostDevices.Resolve(_additional),
        .. HostDevices.Resolve(AnnotatedDevices.Of(pod, runtime, options.AllowedDevices)),
        .. options.DeviceOwnershipFromSecurityContext
            ? HostDevices.Owned(HostDevices.Resolve(container.Devices), container.Linux?.SecurityContext)
            : HostDevices.Resolve(container.Devices),
    ];
}
