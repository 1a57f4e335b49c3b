using Crisp.Bundle.Seccomp;

namespace Crisp.Pods;

/// <summary>An OCI runtime that pods may ask for by name (runtime_handler).</summary>
public sealed record RuntimeHandlerOptions
{
    public required string Name { get; init; }

    /// <summary>Absolute path of the runtime's binary.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// Where the runtime keeps its own state; null: a directory of the handler's name in the run directory.
    /// </summary>
    public string? Root { get; init; }

    /// <summary>Annotations of requests that reach the runtime in spite of steering it.</summary>
    public IReadOnlyList<string> AllowedAnnotations { get; init; } = [];

    /// <summary>Annotations of every container of this handler.</summary>
    public IReadOnlyDictionary<string, string> DefaultAnnotations { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Where the monitors of its containers live; null: as <see cref="PodsOptions.MonitorCgroup"/> says.
    /// </summary>
    public string? MonitorCgroup { get; init; }

    public bool PrivilegedWithoutHostDevices { get; init; }

    /// <summary>What the seccomp type RuntimeDefault means for this handler; null: what it means for all.</summary>
    public SeccompProfile? Seccomp { get; init; }

    /// <summary>
    /// Smallest memory limit under which the runtime itself can start a container; a smaller one is refused.
    /// </summary>
    public long MinimumMemoryBytes { get; init; }
}
