using Crisp.Bundle;
using Crisp.Bundle.Seccomp;
using Crisp.Errors;
using Crisp.Linux;
using Runtime.V1;

namespace Crisp.Pods.Security;

/// <summary>
/// The profiles that a container or pod may get: the configured ones, what is in the file that it names, and what the
/// kernel holds at this moment. A profile may come and go while the daemon runs.
/// </summary>
internal sealed class SecurityProfileSource(SecurityOptions options, HostFacts host, AppArmorKernel appArmor)
{
    private volatile SecurityOptions _options = options;

    internal void Use(SecurityOptions changed) => _options = changed;

    internal SecurityProfiles For(ContainerConfig container, RuntimeHandlerOptions handler) =>
        Of(SeccompChoice.LocalhostFile(container), handler);

    /// <summary>For the init of a pod.</summary>
    internal SecurityProfiles For(PodSandboxConfig pod, RuntimeHandlerOptions handler) =>
        Of(SeccompChoice.LocalhostFile(pod), handler);

    private SecurityProfiles Of(string? seccompFile, RuntimeHandlerOptions handler)
    {
        var now = _options;
        return new SecurityProfiles
        {
            SeccompDefault = handler.Seccomp ?? now.SeccompDefault,
            SeccompPrivileged = now.SeccompPrivileged,
            SeccompLocalhost = seccompFile is null ? null : ReadSeccomp("seccomp.localhost_ref", seccompFile),
            AppArmorDefault = now.AppArmorDefault,
            AppArmorLoaded = host.AppArmor ? appArmor.Loaded() : new HashSet<string>(),
        };
    }

    /// <exception cref="CrispException">InvalidArgument: it is not there, no regular file, too large, or no
    /// profile.</exception>
    internal static SeccompProfile ReadSeccomp(string field, string path)
    {
        try
        {
            using var root = RootedDirectory.Open("/");
            var json = root.ReadFile(path, SeccompProfile.MostBytes)
                ?? throw CrispException.InvalidArgument(field, $"there is no seccomp profile {path} on this node");
            return SeccompProfile.Parse(path, json);
        }
        catch (SyscallException e)
        {
            throw new CrispException(
                ErrorKind.InvalidArgument, $"{field}: seccomp profile {path} cannot be read: {e.Errno.Describe()}", e);
        }
    }
}
