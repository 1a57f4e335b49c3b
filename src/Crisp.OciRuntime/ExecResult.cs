namespace Crisp.OciRuntime;

/// <summary>How an exec'd command ended, with the output that fits.</summary>
public sealed record ExecResult
{
    /// <summary>The command's exit code, or 128 + the signal that ended it.</summary>
    public required int ExitCode { get; init; }

    public required ReadOnlyMemory<byte> Stdout { get; init; }

    public required ReadOnlyMemory<byte> Stderr { get; init; }

    /// <summary>There was more output; a last line of <see cref="Stderr"/> says so.</summary>
    public bool Truncated { get; init; }
}
