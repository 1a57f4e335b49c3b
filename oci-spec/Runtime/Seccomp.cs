namespace Crisp.OciSpec.Runtime;

/// <summary>System call filter (config-linux.md#seccomp).</summary>
public sealed record Seccomp
{
    /// <summary>SCMP_ACT_X.</summary>
    public required string DefaultAction { get; init; }

    public uint? DefaultErrnoRet { get; init; }

    /// <summary>SCMP_ARCH_X.</summary>
    public IReadOnlyList<string>? Architectures { get; init; }

    public IReadOnlyList<string>? Flags { get; init; }

    public string? ListenerPath { get; init; }

    public string? ListenerMetadata { get; init; }

    public IReadOnlyList<SyscallRule>? Syscalls { get; init; }
}
