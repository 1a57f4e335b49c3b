namespace Crisp.Bundle.Seccomp;

/// <summary>A comparison with one argument of the call.</summary>
internal sealed record ProfileArgument
{
    public uint Index { get; init; }

    public ulong Value { get; init; }

    public ulong ValueTwo { get; init; }

    /// <summary>SCMP_CMP_X.</summary>
    public string? Op { get; init; }
}
