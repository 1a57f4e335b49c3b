namespace Crisp.Bundle.Seccomp;

/// <summary>A host's architecture, and those whose programs it runs as well.</summary>
internal sealed record ProfileArchitecture
{
    /// <summary>SCMP_ARCH_X.</summary>
    public string? Architecture { get; init; }

    public IReadOnlyList<string>? SubArchitectures { get; init; }
}
