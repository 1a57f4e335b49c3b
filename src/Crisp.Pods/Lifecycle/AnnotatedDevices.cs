using Crisp.Bundle;
using Crisp.Errors;
using Runtime.V1;

namespace Crisp.Pods.Lifecycle;

/// <summary>Devices that a pod asks for by annotation, as far as the handler and the configuration allow.</summary>
internal static class AnnotatedDevices
{
    private const string Name = "devices.crio.io";
    private const string FormerName = "io.kubernetes.cri-o.Devices";

    /// <exception cref="CrispException">InvalidArgument: no list of devices, or one that may not be asked
    /// for.</exception>
    internal static IReadOnlyList<Device> Of(PodSandboxConfig pod, RuntimeFacts runtime, IReadOnlyList<string> allowed)
    {
        var asked = FeatureAnnotation.Find(pod.Annotations, runtime.AllowedAnnotations, Name, FormerName);
        return asked is null
            ? []
            : [.. asked.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(line => Allowed(DeviceLine.Parse($"annotations[{Name}]", line), allowed))];
    }

    private static Device Allowed(Device device, IReadOnlyList<string> allowed) => allowed.Contains(device.HostPath)
        ? device
        : throw CrispException.InvalidArgument(
            $"annotations[{Name}]", $"{device.HostPath} is not one of allowed_devices of this node");
}
