using Crisp.Cni;
using Crisp.Pods;

namespace Crisp.Cri;

/// <summary>What the services tell about the node as a whole.</summary>
public sealed record NodeFacts
{
    /// <summary>The version of this build; never empty.</summary>
    public required string RuntimeVersion { get; init; }

    public required bool SystemdCgroups { get; init; }

    public required IReadOnlyList<HandlerFeatures> Handlers { get; init; }

    public required string DefaultHandler { get; init; }

    /// <summary>
    /// Asked at every Status: what keeps the OCI runtime from its work may be mended, or come, at any time.
    /// </summary>
    public required Func<RuntimeReadiness> Runtime { get; init; }

    /// <summary>Asked at every Status: it becomes ready when a configuration appears.</summary>
    public required Func<CniReadiness> Network { get; init; }

    /// <summary>Makes the CNI configuration of the pod CIDR that kubelet tells.</summary>
    public required PodCidrTemplate PodCidr { get; init; }

    /// <summary>
    /// The configuration in effect, a JSON object; asked at every verbose Status, since SIGHUP may change it.
    /// </summary>
    public required Func<string> ConfigurationJson { get; init; }

    /// <summary>The CNI network in use, a JSON object; asked at every verbose Status.</summary>
    public required Func<string> NetworkJson { get; init; }
}
