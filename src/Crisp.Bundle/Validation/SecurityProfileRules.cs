using Crisp.Errors;
using Profile = Runtime.V1.SecurityProfile;
using ProfileType = Runtime.V1.SecurityProfile.Types.ProfileType;

#pragma warning disable CS0612 // kubelets before 1.30 send the string fields, so they are read here, and here only

namespace Crisp.Bundle.Validation;

/// <summary>
/// Seccomp and AppArmor profiles in both spellings, the message of today and the string of older clients, of which the
/// message wins. Localhost profiles are refused by name while they are not loaded.
/// </summary>
internal static class SecurityProfileRules
{
    private const string LocalhostPrefix = "localhost/";

    public static Profile? Seccomp(Cri.LinuxContainerSecurityContext security) =>
        security.Seccomp ?? Parse("seccomp_profile_path", security.SeccompProfilePath);

    public static Profile? AppArmor(Cri.LinuxContainerSecurityContext security) =>
        security.Apparmor ?? Parse("apparmor_profile", security.ApparmorProfile);

    public static void Validate(Cri.LinuxContainerSecurityContext security)
    {
        if (security.Privileged)
            return;
        Validate("seccomp", Seccomp(security));
        Validate("apparmor", AppArmor(security));
    }

    public static void Validate(Cri.LinuxSandboxSecurityContext security)
    {
        if (security.Privileged)
            return;
        Validate("seccomp", security.Seccomp ?? Parse("seccomp_profile_path", security.SeccompProfilePath));
        Validate("apparmor", security.Apparmor);
    }

    /// <summary>SELinux options mean nothing on a host without SELinux; on one with it they are refused for now.</summary>
    public static void CheckHost(Cri.SELinuxOption? options, HostFacts host)
    {
        bool asked = options is not null
            && (options.User + options.Role + options.Type + options.Level).Length > 0;
        if (asked && host.SELinux)
            throw Unsupported("selinux_options", "SELinux labels are not supported yet");
    }

    private static Profile? Parse(string field, string text) => text switch
    {
        "" => null,
        "runtime/default" or "docker/default" => new Profile { ProfileType = ProfileType.RuntimeDefault },
        "unconfined" => new Profile { ProfileType = ProfileType.Unconfined },
        _ when text.StartsWith(LocalhostPrefix, StringComparison.Ordinal) =>
            new Profile { ProfileType = ProfileType.Localhost, LocalhostRef = text[LocalhostPrefix.Length..] },
        _ => throw CrispException.InvalidArgument(field, $"\"{text}\" is not a profile"),
    };

    private static void Validate(string field, Profile? profile)
    {
        switch (profile?.ProfileType)
        {
            case null or ProfileType.Unconfined or ProfileType.RuntimeDefault:
                return;
            case ProfileType.Localhost when profile.LocalhostRef.Length == 0:
                throw CrispException.InvalidArgument($"{field}.localhost_ref", "is missing for the profile type Localhost");
            case ProfileType.Localhost:
                throw Unsupported(field, $"the profile type Localhost (\"{profile.LocalhostRef}\") is not supported yet");
            default:
                throw CrispException.InvalidArgument($"{field}.profile_type", $"{profile.ProfileType} is not a profile type");
        }
    }

    private static CrispException Unsupported(string field, string problem) =>
        new(ErrorKind.Unimplemented, $"{field}: {problem}");
}
