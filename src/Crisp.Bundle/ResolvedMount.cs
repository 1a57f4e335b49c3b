namespace Crisp.Bundle;

/// <summary>A mount of the request whose host side exists and has had its symlinks followed.</summary>
public sealed record ResolvedMount
{
    public required string ContainerPath { get; init; }

    /// <summary>Real path on the host; of an image volume, where its image is mounted.</summary>
    public required string Source { get; init; }

    public required bool IsDirectory { get; init; }

    /// <summary>An image volume: the source is crisp's own, and nobody changes it.</summary>
    public bool IsImage { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>What is mounted beneath the source is read-only too.</summary>
    public bool RecursiveReadOnly { get; init; }

    public Cri.MountPropagation Propagation { get; init; }

    /// <summary>How the mount that holds <see cref="Source"/> propagates on the host.</summary>
    public required SourcePropagation SourcePropagation { get; init; }

    /// <summary>Further options, such as "noexec".</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Whose the files are in the container; both empty, or neither.</summary>
    public IReadOnlyList<Oci.IdMapping> UidMappings { get; init; } = [];

    public IReadOnlyList<Oci.IdMapping> GidMappings { get; init; } = [];

    public static ResolvedMount From(
        Cri.Mount request, string source, bool isDirectory, SourcePropagation propagation) => new()
    {
        ContainerPath = request.ContainerPath,
        Source = source,
        IsDirectory = isDirectory,
        ReadOnly = request.Readonly,
        RecursiveReadOnly = request.RecursiveReadOnly,
        Propagation = request.Propagation,
        SourcePropagation = propagation,
        Options = [.. request.MountOptions],
        UidMappings = [.. request.UidMappings.Select(Mapping)],
        GidMappings = [.. request.GidMappings.Select(Mapping)],
    };

    /// <summary>
    /// An image volume: no device in it is opened, and no program in it gains rights. Its programs can be run, as
    /// Kubernetes has it since 1.36; whoever wants "noexec" asks for it in mount_options.
    /// </summary>
    public static ResolvedMount FromImage(Cri.Mount request, string source, bool isDirectory) =>
        From(request, source, isDirectory, SourcePropagation.Private) with
        {
            IsImage = true,
            ReadOnly = true,
            Options = [.. request.MountOptions.Union(["nosuid", "nodev"])],
        };

    private static Oci.IdMapping Mapping(Cri.IDMapping mapping) =>
        new() { ContainerId = mapping.ContainerId, HostId = mapping.HostId, Size = mapping.Length };
}
