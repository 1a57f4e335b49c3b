using System.Text.Json.Serialization;

namespace Crisp.OciSpec.Runtime;

/// <summary>net_cls and net_prio of cgroup v1.</summary>
public sealed record NetworkResources
{
    [JsonPropertyName("classID")]
    public uint? ClassId { get; init; }

    public IReadOnlyList<InterfacePriority>? Priorities { get; init; }
}
