using Crisp.Bundle.Seccomp;
using Crisp.Bundle.Validation;
using Crisp.Errors;
using ProfileType = Runtime.V1.SecurityProfile.Types.ProfileType;

namespace Crisp.Bundle;

/// <summary>
/// Which seccomp profile is meant, and the filter that comes of it. No profile at all means no filter.
/// </summary>
public static class SeccompChoice
{
    /// <summary>The file that has to be read for a container; null where it asks for none of its own.</summary>
    public static string? LocalhostFile(Cri.ContainerConfig container) =>
        container.Linux?.SecurityContext is { Privileged: false } security
            ? LocalhostFile(SecurityProfileRules.Seccomp(security))
            : null;

    /// <summary>The same for the init of a pod.</summary>
    public static string? LocalhostFile(Cri.PodSandboxConfig pod) =>
        pod.Linux?.SecurityContext is { Privileged: false } security
            ? LocalhostFile(SecurityProfileRules.Seccomp(security))
            : null;

    /// <summary>For the init of a pod.</summary>
    public static Oci.Seccomp? OfPod(
        Cri.PodSandboxConfig pod, SecurityProfiles profiles, HostFacts host, IReadOnlyCollection<string> capabilities)
    {
        if (pod.Linux?.SecurityContext is not { Privileged: false } security)
            return null;
        return Filter(SecurityProfileRules.Seccomp(security), profiles, host, capabilities, new Notes());
    }

    internal static Oci.Seccomp? Build(BundleInput input, IReadOnlyCollection<string> capabilities, Notes notes) =>
        input.IsPrivileged
            ? Resolve(input.Profiles.SeccompPrivileged, input.Host, capabilities)
            : Filter(SecurityProfileRules.Seccomp(input.Security), input.Profiles, input.Host, capabilities, notes);

    private static Oci.Seccomp? Filter(
        Cri.SecurityProfile? asked,
        SecurityProfiles profiles, HostFacts host, IReadOnlyCollection<string> capabilities, Notes notes)
    {
        switch (asked?.ProfileType)
        {
            case ProfileType.RuntimeDefault when host.Seccomp is null:
                notes.Add("seccomp RuntimeDefault is left out: this kernel filters no system calls");
                return null;
            case ProfileType.RuntimeDefault:
                return Resolve(profiles.SeccompDefault, host, capabilities);
            case ProfileType.Localhost when host.Seccomp is null:
                throw CrispException.InvalidArgument(
                    "seccomp", "a profile cannot be used: this kernel filters no system calls");
            case ProfileType.Localhost:
                return Resolve(profiles.SeccompLocalhost ?? throw NotRead(asked), host, capabilities);
            default:
                return null;
        }
    }

    private static Oci.Seccomp? Resolve(
        SeccompProfile? profile, HostFacts host, IReadOnlyCollection<string> capabilities) =>
        host.Seccomp is { } kernel ? profile?.Resolve(kernel, capabilities) : null;

    private static CrispException NotRead(Cri.SecurityProfile asked) =>
        CrispException.InvalidArgument("seccomp.localhost_ref", $"the profile {asked.LocalhostRef} was not read");

    private static string? LocalhostFile(Cri.SecurityProfile? profile) =>
        profile is { ProfileType: ProfileType.Localhost } ? PathRules.Clean(profile.LocalhostRef) : null;
}
