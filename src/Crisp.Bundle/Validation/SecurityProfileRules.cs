using Crisp.Errors;
using Profile = Runtime.V1.SecurityProfile;
using ProfileType = Runtime.V1.SecurityProfile.Types.ProfileType;

#pragma warning disable CS0612 // kubelets before 1.30 send the string fields, so they are read here, and here only

namespace Crisp.Bundle.Validation;

/// <summary>
/// Seccomp and AppArmor profiles in both spellings, the message of today and the string of older clients, of which the
/// message wins.
/// </summary>
internal static class SecurityProfileRules
{
    private const string LocalhostPrefix = "localhost/";

    public static Profile? Seccomp(Cri.LinuxContainerSecurityContext security) =>
        Normal(security.Seccomp) ?? Parse("seccomp_profile_path", security.SeccompProfilePath);

    public static Profile? Seccomp(Cri.LinuxSandboxSecurityContext security) =>
        Normal(security.Seccomp) ?? Parse("seccomp_profile_path", security.SeccompProfilePath);

    public static Profile? AppArmor(Cri.LinuxContainerSecurityContext security) =>
        Normal(security.Apparmor) ?? Parse("apparmor_profile", security.ApparmorProfile);

    /// <summary>A privileged container has no profile, so that what it names is not looked at.</summary>
    public static void Validate(Cri.LinuxContainerSecurityContext security)
    {
        if (security.Privileged)
            return;
        SeccompFile(Seccomp(security));
        AppArmorName(AppArmor(security));
    }

    public static void Validate(Cri.LinuxSandboxSecurityContext security)
    {
        if (security.Privileged)
            return;
        SeccompFile(Seccomp(security));
        AppArmorName(Normal(security.Apparmor));
    }

    /// <summary>Clients of the transition wrote the prefix of the string form into the message, too.</summary>
    private static Profile? Normal(Profile? profile) =>
        profile is { ProfileType: ProfileType.Localhost }
            && profile.LocalhostRef.StartsWith(LocalhostPrefix, StringComparison.Ordinal)
            ? new Profile
            {
                ProfileType = ProfileType.Localhost,
                LocalhostRef = profile.LocalhostRef[LocalhostPrefix.Length..]
            }
            : profile;

    private static Profile? Parse(string field, string text) => text switch
    {
        "" => null,
        "runtime/default" or "docker/default" => new Profile { ProfileType = ProfileType.RuntimeDefault },
        "unconfined" => new Profile { ProfileType = ProfileType.Unconfined },
        _ when text.StartsWith(LocalhostPrefix, StringComparison.Ordinal) =>
            new Profile { ProfileType = ProfileType.Localhost, LocalhostRef = text[LocalhostPrefix.Length..] },
        _ => throw CrispException.InvalidArgument(field, $"\"{text}\" is not a profile"),
    };

    private static void SeccompFile(Profile? profile)
    {
        Type("seccomp", profile);
        if (profile is { ProfileType: ProfileType.Localhost })
            PathRules.Absolute("seccomp.localhost_ref", profile.LocalhostRef);
    }

    private static void AppArmorName(Profile? profile)
    {
        Type("apparmor", profile);
        if (profile is { ProfileType: ProfileType.Localhost })
            TextRules.Plain("apparmor.localhost_ref", profile.LocalhostRef, Limits.PathBytes);
    }

    private static void Type(string field, Profile? profile)
    {
        switch (profile?.ProfileType)
        {
            case null or ProfileType.Unconfined or ProfileType.RuntimeDefault:
                return;
            case ProfileType.Localhost when profile.LocalhostRef.Length == 0:
                throw CrispException.InvalidArgument(
                    $"{field}.localhost_ref", "is missing for the profile type Localhost");
            case ProfileType.Localhost:
                return;
            default:
                throw CrispException.InvalidArgument(
                    $"{field}.profile_type", $"{profile.ProfileType} is not a profile type");
        }
    }
}
