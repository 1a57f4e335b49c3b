using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Messages;

/// <summary>Every condition that is given must hold (api.proto, ContainerFilter and ContainerStatsFilter).</summary>
internal static class ContainerFilters
{
    public static bool Match(ContainerFilter? filter, ContainerSnapshot container) =>
        filter is null ||
        (Match(filter.Id, filter.PodSandboxId, container) &&
         (filter.State is null || filter.State.State == ContainerMessages.State(container.Phase)) &&
         Labels.Match(filter.LabelSelector, container.Config.Labels));

    public static bool Match(ContainerStatsFilter? filter, ContainerSnapshot container) =>
        filter is null ||
        (Match(filter.Id, filter.PodSandboxId, container) &&
         Labels.Match(filter.LabelSelector, container.Config.Labels));

    private static bool Match(string id, string podId, ContainerSnapshot container) =>
        container.Id.StartsWith(id, StringComparison.Ordinal) &&
        container.PodId.StartsWith(podId, StringComparison.Ordinal);
}
