namespace Crisp.OciSpec.Runtime;

/// <summary>Offset of a clock in a time namespace.</summary>
public sealed record TimeOffset
{
    public long? Secs { get; init; }

    public uint? Nanosecs { get; init; }
}
