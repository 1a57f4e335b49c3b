using Crisp.OciSpec.Image;

namespace Crisp.Bundle;

/// <summary>
/// Everything that decides a container's config.json, as data: what was asked, what the image says, what the host and
/// the runtime can do, and what the caller has already resolved on disk. <see cref="BundleBuilder"/> reads nothing
/// else.
/// </summary>
public sealed record BundleInput
{
    public required string ContainerId { get; init; }

    public required string PodId { get; init; }

    public required Cri.PodSandboxConfig Pod { get; init; }

    public required Cri.ContainerConfig Container { get; init; }

    public required ImageConfig Image { get; init; }

    /// <summary>From <see cref="UserResolution"/>, on the passwd and group files of the container's own root.</summary>
    public required ResolvedUser User { get; init; }

    public required string RootFsPath { get; init; }

    public required PodPaths PodPaths { get; init; }

    /// <summary>The OCI form, from <see cref="CgroupPlacement.OfContainer"/>.</summary>
    public required string CgroupPath { get; init; }

    /// <summary>Who makes that cgroup.</summary>
    public CgroupDriver CgroupDriver { get; init; }

    public required HostFacts Host { get; init; }

    public required RuntimeFacts Runtime { get; init; }

    public BundleOptions Options { get; init; } = new();

    /// <summary>The request's mounts, in its order, with their host side resolved.</summary>
    public IReadOnlyList<ResolvedMount> Mounts { get; init; } = [];

    /// <summary>The request's devices, directories expanded, with what stat says of each.</summary>
    public IReadOnlyList<ResolvedDevice> Devices { get; init; } = [];

    /// <summary>Mounts by the node's configuration: default mounts, and volumes that the image declares.</summary>
    public IReadOnlyList<Oci.Mount> NodeMounts { get; init; } = [];

    /// <summary>What CDI devices need; null where there are none.</summary>
    public SpecEdits? Edits { get; init; }

    /// <summary>The rules of the OCI hooks directories, in their order.</summary>
    public IReadOnlyList<Hooks.HookRule> Hooks { get; init; } = [];

    /// <summary>Every device of the host; used by privileged containers only.</summary>
    public IReadOnlyList<ResolvedDevice> HostDevices { get; init; } = [];

    /// <summary>The seccomp and AppArmor profiles it may get.</summary>
    public SecurityProfiles Profiles { get; init; } = new();

    /// <summary>
    /// The SELinux level of its pod, which keeps pods apart; null where the pod has no label of its own.
    /// </summary>
    public string? SELinuxLevel { get; init; }

    /// <summary>The security context, empty where the request has none.</summary>
    internal Cri.LinuxContainerSecurityContext Security => Container.Linux?.SecurityContext ?? new();

    internal bool HasSecurityContext => Container.Linux?.SecurityContext is not null;

    internal bool IsPrivileged => Security.Privileged;

    internal bool HasReadOnlyRoot => Options.ReadOnlyRoot || Security.ReadonlyRootfs;
}
