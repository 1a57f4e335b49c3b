using Crisp.Pods;
using Runtime.V1;

namespace Crisp.Cri.Messages;

/// <summary>Every condition that is given must hold (api.proto, PodSandboxFilter and PodSandboxStatsFilter).</summary>
internal static class PodFilter
{
    public static bool Matches(PodSandboxFilter? filter, PodSnapshot pod) =>
        filter is null ||
        (pod.Id.StartsWith(filter.Id, StringComparison.Ordinal) &&
         (filter.State is null || filter.State.State == PodSandboxMessages.State(pod.Phase)) &&
         Labels.Match(filter.LabelSelector, pod.Config.Labels));

    public static bool Matches(PodSandboxStatsFilter? filter, PodSnapshot pod) =>
        filter is null ||
        (pod.Id.StartsWith(filter.Id, StringComparison.Ordinal)
            && Labels.Match(filter.LabelSelector, pod.Config.Labels));
}
