namespace Crisp.OciSpec.Runtime;

/// <summary>What happens on some system calls.</summary>
public sealed record SyscallRule
{
    public required IReadOnlyList<string> Names { get; init; }

    public required string Action { get; init; }

    public uint? ErrnoRet { get; init; }

    public IReadOnlyList<SyscallArgument>? Args { get; init; }
}
