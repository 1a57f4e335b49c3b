using Crisp.Bundle.Validation;

namespace Crisp.Bundle.Contributors;

/// <summary>
/// Seccomp, AppArmor and SELinux, as far as they go: what cannot be honoured has been refused by
/// <see cref="SecurityProfileRules"/> as far as the request alone tells; here the host is looked at too, and what is
/// accepted without effect is noted.
/// </summary>
internal static class SecurityLabels
{
    public static void Check(BundleInput input, Notes notes)
    {
        SecurityProfileRules.CheckHost(input.Security.SelinuxOptions, input.Host);
        if (input.IsPrivileged)
            return;
        if (SecurityProfileRules.Seccomp(input.Security) is { ProfileType: Cri.SecurityProfile.Types.ProfileType.RuntimeDefault })
            notes.Add("seccomp RuntimeDefault is not applied yet: the container runs unconfined");
        if (input.Host.AppArmor
            && SecurityProfileRules.AppArmor(input.Security) is { ProfileType: Cri.SecurityProfile.Types.ProfileType.RuntimeDefault })
        {
            notes.Add("AppArmor RuntimeDefault is not applied yet: the container runs unconfined");
        }

        if (input.Host.SELinux && input.Container.Mounts.Any(mount => mount.SelinuxRelabel))
            notes.Add("selinux_relabel is not applied yet: the container has no SELinux label of its own");
    }
}
