namespace Crisp.Bundle;

/// <summary>A mount of the request whose host side exists and has had its symlinks followed.</summary>
public sealed record ResolvedMount
{
    public required string ContainerPath { get; init; }

    /// <summary>Real path on the host.</summary>
    public required string Source { get; init; }

    public required bool IsDirectory { get; init; }

    public bool ReadOnly { get; init; }

    public Cri.MountPropagation Propagation { get; init; }

    /// <summary>How the mount that holds <see cref="Source"/> propagates on the host.</summary>
    public required SourcePropagation SourcePropagation { get; init; }

    public static ResolvedMount From(Cri.Mount request, string source, bool isDirectory, SourcePropagation propagation) => new()
    {
        ContainerPath = request.ContainerPath,
        Source = source,
        IsDirectory = isDirectory,
        ReadOnly = request.Readonly,
        Propagation = request.Propagation,
        SourcePropagation = propagation,
    };
}
