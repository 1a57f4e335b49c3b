namespace Crisp.Pods;

/// <summary>
/// The outcome of a command run in a container. Output beyond the bound is cut, which <see cref="Truncated"/> says.
/// </summary>
public sealed record ExecSyncResult
{
    public required ReadOnlyMemory<byte> Stdout { get; init; }

    public required ReadOnlyMemory<byte> Stderr { get; init; }

    public required int ExitCode { get; init; }

    public bool Truncated { get; init; }
}
