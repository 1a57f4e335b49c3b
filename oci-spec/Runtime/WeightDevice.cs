namespace Crisp.OciSpec.Runtime;

/// <summary>The weight of one block device.</summary>
public sealed record WeightDevice
{
    public required long Major { get; init; }

    public required long Minor { get; init; }

    public ushort? Weight { get; init; }

    public ushort? LeafWeight { get; init; }
}
