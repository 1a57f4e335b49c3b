namespace Crisp.Pods;

/// <summary>An OCI runtime that pods may ask for by name (runtime_handler).</summary>
public sealed record RuntimeHandlerOptions
{
    public required string Name { get; init; }

    /// <summary>Absolute path of the runtime's binary.</summary>
    public required string Path { get; init; }

    /// <summary>Where the runtime keeps its own state; null: a directory of the handler's name in the run directory.</summary>
    public string? Root { get; init; }
}
