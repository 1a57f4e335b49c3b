using Crisp.Bundle.Seccomp;

namespace Crisp.Pods;

/// <summary>What the configuration file says about confinement.</summary>
public sealed record SecurityOptions
{
    /// <summary>
    /// What the seccomp type RuntimeDefault means, unless the handler has one of its own
    /// (crio.runtime.seccomp_profile).
    /// </summary>
    public SeccompProfile SeccompDefault { get; init; } = SeccompProfile.BuiltIn;

    /// <summary>For privileged containers; null: none (crio.runtime.privileged_seccomp_profile).</summary>
    public SeccompProfile? SeccompPrivileged { get; init; }

    /// <summary>
    /// What the AppArmor type RuntimeDefault means, by the name that the kernel knows (crio.runtime.apparmor_profile).
    /// </summary>
    public string AppArmorDefault { get; init; } = "crisp-default";

    /// <summary>Containers get SELinux labels where the host has SELinux (crio.runtime.selinux).</summary>
    public bool SELinux { get; init; }

    /// <summary>Pods on the node's network get none (crio.runtime.hostnetwork_disable_selinux).</summary>
    public bool HostNetworkDisablesSELinux { get; init; } = true;
}
