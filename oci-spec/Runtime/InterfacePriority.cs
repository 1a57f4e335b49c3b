namespace Crisp.OciSpec.Runtime;

/// <summary>The priority of traffic on one interface.</summary>
public sealed record InterfacePriority
{
    public required string Name { get; init; }

    public required uint Priority { get; init; }
}
