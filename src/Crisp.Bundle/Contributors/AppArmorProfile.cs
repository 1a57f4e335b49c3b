using Crisp.Bundle.Validation;
using Crisp.Errors;
using ProfileType = Runtime.V1.SecurityProfile.Types.ProfileType;

namespace Crisp.Bundle.Contributors;

/// <summary>
/// The AppArmor profile of the process. A request that names none means the default one, as with cri-o and containerd.
/// On a host without AppArmor the default is ignored, and a profile that somebody chose is refused.
/// </summary>
internal static class AppArmorProfile
{
    private const string Unconfined = "unconfined";

    public static string? Build(BundleInput input, Notes notes)
    {
        Cri.SecurityProfile? asked = input.IsPrivileged ? null : SecurityProfileRules.AppArmor(input.Security);
        if (!input.Host.AppArmor)
        {
            return asked is { ProfileType: ProfileType.Localhost }
                ? throw CrispException.InvalidArgument(
                    "apparmor", $"profile \"{asked.LocalhostRef}\" cannot be used: this host has no AppArmor")
                : null;
        }

        if (input.IsPrivileged)
            return Unconfined;
        return asked?.ProfileType switch
        {
            ProfileType.Unconfined => Unconfined,
            ProfileType.Localhost => Loaded(input.Profiles, asked.LocalhostRef),
            ProfileType.RuntimeDefault => Loaded(input.Profiles, input.Profiles.AppArmorDefault),
            _ => Default(input.Profiles, notes),
        };
    }

    private static string Loaded(SecurityProfiles profiles, string name) =>
        name == Unconfined || profiles.AppArmorLoaded.Contains(name)
            ? name
            : throw CrispException.InvalidArgument(
                "apparmor", $"profile \"{name}\" is not loaded on this node; load it with `apparmor_parser -r FILE`");

    private static string? Default(SecurityProfiles profiles, Notes notes)
    {
        if (profiles.AppArmorLoaded.Contains(profiles.AppArmorDefault) || profiles.AppArmorDefault == Unconfined)
            return profiles.AppArmorDefault;
        notes.Add($"the AppArmor profile \"{profiles.AppArmorDefault}\" is left out: it is not loaded on this node");
        return null;
    }
}
