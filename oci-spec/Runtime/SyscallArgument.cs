namespace Crisp.OciSpec.Runtime;

/// <summary>A condition on one argument.</summary>
public sealed record SyscallArgument
{
    public required uint Index { get; init; }

    public required ulong Value { get; init; }

    public ulong? ValueTwo { get; init; }

    /// <summary>SCMP_CMP_X.</summary>
    public required string Op { get; init; }
}
