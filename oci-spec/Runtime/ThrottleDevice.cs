namespace Crisp.OciSpec.Runtime;

/// <summary>The limit of one block device, bytes or operations per second.</summary>
public sealed record ThrottleDevice
{
    public required long Major { get; init; }

    public required long Minor { get; init; }

    public required ulong Rate { get; init; }
}
