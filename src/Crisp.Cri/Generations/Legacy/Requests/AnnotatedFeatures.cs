using Crisp.Errors;
using Runtime.V1;

namespace Crisp.Cri.Generations.Legacy.Requests;

/// <summary>
/// What kubelets up to 1.7 could only say by annotations of the pod, put into the fields that v1 has for it. A field
/// that is set wins: it is the newer way. The annotations themselves stay as they are, since the caller wants them
/// back.
/// </summary>
internal static class AnnotatedFeatures
{
    private const string Sysctls = "security.alpha.kubernetes.io/sysctls";
    private const string UnsafeSysctls = "security.alpha.kubernetes.io/unsafe-sysctls";
    private const string PodSeccomp = "security.alpha.kubernetes.io/seccomp/pod";
    private const string ContainerSeccomp = "security.alpha.kubernetes.io/seccomp/container/";
    private const string ContainerAppArmor = "container.apparmor.security.beta.kubernetes.io/";
    private const string Localhost = "localhost/";

    /// <summary>A pod's own: sysctls as NAME=VALUE,NAME=VALUE.</summary>
    public static void Apply(PodSandboxConfig pod)
    {
        foreach (var annotation in (string[])[Sysctls, UnsafeSysctls])
        {
            foreach (var (name, value) in Assignments(annotation, pod.Annotations.GetValueOrDefault(annotation, "")))
                pod.Linux.Sysctls.TryAdd(name, value);
        }
    }

    /// <param name="container">Gets the profiles, unless it has its own.</param>
    /// <param name="annotations">The pod's.</param>
    /// <param name="seccompRoot">The directory of localhost profiles on this node.</param>
    public static void Apply(
        ContainerConfig container, IReadOnlyDictionary<string, string> annotations, string seccompRoot)
    {
        var name = container.Metadata?.Name ?? "";
        var seccomp = annotations.GetValueOrDefault(ContainerSeccomp + name)
            ?? annotations.GetValueOrDefault(PodSeccomp);
        var appArmor = annotations.GetValueOrDefault(ContainerAppArmor + name);
        if (seccomp is null && appArmor is null)
            return;
        container.Linux ??= new LinuxContainerConfig();
        var security = container.Linux.SecurityContext ??= new LinuxContainerSecurityContext();
#pragma warning disable CS0612 // 1.7 to 1.9 have these strings, and they are newer than annotations
        if (security.Seccomp is null && security.SeccompProfilePath.Length == 0)
            security.Seccomp = Profile(seccomp, file => UnderRoot(seccompRoot, file));
        if (security.Apparmor is null && security.ApparmorProfile.Length == 0)
            security.Apparmor = Profile(appArmor, profile => profile);
#pragma warning restore CS0612
    }

    private static SecurityProfile? Profile(string? text, Func<string, string> reference) => text switch
    {
        null or "" => null,
        "runtime/default" or "docker/default" =>
            new() { ProfileType = SecurityProfile.Types.ProfileType.RuntimeDefault },
        "unconfined" => new() { ProfileType = SecurityProfile.Types.ProfileType.Unconfined },
        _ when text.StartsWith(Localhost, StringComparison.Ordinal) => new()
        {
            ProfileType = SecurityProfile.Types.ProfileType.Localhost,
            LocalhostRef = reference(text[Localhost.Length..]),
        },
        _ => throw CrispException.InvalidArgument("sandbox_config.annotations", $"\"{text}\" is not a profile"),
    };

    private static string UnderRoot(string root, string file)
    {
        var path = Path.GetFullPath(Path.Combine(root, file));
        return file.StartsWith('/') || path.StartsWith(root + "/", StringComparison.Ordinal)
            ? path
            : throw CrispException.InvalidArgument(
                "sandbox_config.annotations", $"the seccomp profile \"{file}\" is outside of {root}");
    }

    private static IEnumerable<(string Name, string Value)> Assignments(string annotation, string text)
    {
        foreach (var assignment in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (assignment.IndexOf('=') is not (> 0 and var at))
                throw CrispException.InvalidArgument(
                    $"config.annotations[{annotation}]", $"\"{assignment}\" is not NAME=VALUE");
            yield return (assignment[..at].Trim(), assignment[(at + 1)..].Trim());
        }
    }
}
