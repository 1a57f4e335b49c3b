using Crisp.Bundle;
using Crisp.Bundle.SELinux;
using Crisp.Pods.Records;
using Runtime.V1;

namespace Crisp.Pods.Security;

/// <summary>The SELinux level of a new pod, which stays with it until it is removed.</summary>
internal static class SELinuxPodLevel
{
    /// <summary>The request's, else one that no other pod has; null where the pod's containers get no labels.</summary>
    internal static string? Choose(
        PodSandboxConfig config, HostFacts host, SecurityOptions options, IEnumerable<PodRecord> pods)
    {
        var security = config.Linux?.SecurityContext;
        var onNodeNetwork = security?.NamespaceOptions?.Network == NamespaceMode.Node;
        if (host.SELinux is null
            || security?.Privileged == true || (onNodeNetwork && options.HostNetworkDisablesSELinux))
            return null;
        var asked = security?.SelinuxOptions?.Level ?? "";
        return asked.Length > 0
            ? asked
            : SELinuxLevel.Choose(
                Random.Shared, pods.Select(pod => pod.SELinuxLevel).OfType<string>().ToHashSet(StringComparer.Ordinal));
    }
}
