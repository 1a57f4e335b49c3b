using Runtime.V1;

namespace Crisp.Pods;

/// <summary>A mount of the request as it was made: the host path is the one asked for, before symlinks.</summary>
public sealed record ContainerMountStatus
{
    public required string ContainerPath { get; init; }

    public required string HostPath { get; init; }

    public bool ReadOnly { get; init; }

    public bool RecursiveReadOnly { get; init; }

    public bool SelinuxRelabel { get; init; }

    public MountPropagation Propagation { get; init; }

    internal static ContainerMountStatus Of(Mount mount) => new()
    {
        ContainerPath = mount.ContainerPath,
        HostPath = mount.HostPath,
        ReadOnly = mount.Readonly,
        RecursiveReadOnly = mount.RecursiveReadOnly,
        SelinuxRelabel = mount.SelinuxRelabel,
        Propagation = mount.Propagation,
    };
}
