using Crisp.Bundle.Seccomp;

namespace Crisp.Bundle;

/// <summary>
/// The profiles that a container could get, as the caller has them at hand: read from files, or asked of the kernel.
/// Which of them it gets is the request's to say.
/// </summary>
public sealed record SecurityProfiles
{
    /// <summary>What RuntimeDefault means (seccomp_profile of the handler or of crio.runtime).</summary>
    public SeccompProfile SeccompDefault { get; init; } = SeccompProfile.BuiltIn;

    /// <summary>For privileged containers, which have none as a rule (privileged_seccomp_profile).</summary>
    public SeccompProfile? SeccompPrivileged { get; init; }

    /// <summary>The file that <see cref="SeccompChoice.LocalhostFile(Cri.ContainerConfig)"/> names.</summary>
    public SeccompProfile? SeccompLocalhost { get; init; }

    /// <summary>The AppArmor profile that RuntimeDefault means (apparmor_profile).</summary>
    public string AppArmorDefault { get; init; } = "";

    /// <summary>The AppArmor profiles that the kernel holds now.</summary>
    public IReadOnlySet<string> AppArmorLoaded { get; init; } = new HashSet<string>();
}
