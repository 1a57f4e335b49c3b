namespace Crisp.Bundle;

/// <summary>What decides the config.json of a pod's init.</summary>
public sealed record PodInitInput
{
    public required string PodId { get; init; }

    public required string OciVersion { get; init; }

    /// <summary>The program in its root, and its arguments.</summary>
    public required IReadOnlyList<string> Args { get; init; }

    /// <summary>A directory that holds that one program, and an empty proc to mount on.</summary>
    public required string RootFsPath { get; init; }

    /// <summary>The pod's namespaces; the files are not used.</summary>
    public required PodPaths Paths { get; init; }

    /// <summary>The OCI form, from <see cref="CgroupPlacement.OfContainer"/>.</summary>
    public required string CgroupPath { get; init; }

    /// <summary>From <see cref="SeccompChoice.OfPod"/>; null: no filter.</summary>
    public Oci.Seccomp? Seccomp { get; init; }

    /// <summary>The AppArmor profile that confines it; null: none, or no AppArmor here.</summary>
    public string? AppArmorProfile { get; init; }

    /// <summary>Its SELinux label; null: none of its own.</summary>
    public string? SELinuxLabel { get; init; }

    public bool CgroupV2 { get; init; }

    /// <summary>
    /// The pod's user namespace, which the init is then the first process of: the runtime makes it, and in it the
    /// network, IPC and UTS namespaces, with host name and sysctls. Null: the namespaces are there.
    /// </summary>
    public UserMappings? Users { get; init; }

    public string Hostname { get; init; } = "";

    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// -998 protects it as kubelet protects pause containers; clamped by the caller where the host forbids it.
    /// </summary>
    public int OomScoreAdj { get; init; }
}
