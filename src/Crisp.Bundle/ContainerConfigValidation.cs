using Crisp.Bundle.Validation;
using Crisp.Errors;

namespace Crisp.Bundle;

/// <summary>
/// Refuses a ContainerConfig that is incomplete, contradicts itself or its pod, or asks for what is not honoured yet,
/// before anything is made. Windows' part is ignored: kubelets send it empty.
/// </summary>
public static class ContainerConfigValidation
{
    public static void Validate(Cri.ContainerConfig? config, Cri.PodSandboxConfig pod)
    {
        if (config is null)
            throw CrispException.InvalidArgument("config", "is missing");
        TextRules.Name("config.metadata.name", config.Metadata?.Name ?? "");
        if (string.IsNullOrEmpty(config.Image?.Image))
            throw CrispException.InvalidArgument("config.image.image", "is missing");
        TextRules.Plain("config.image.image", config.Image.Image, Limits.PathBytes);
        LogPath(config.LogPath);
        TextRules.Metadata("config.labels", config.Labels);
        TextRules.Metadata("config.annotations", config.Annotations);
        MountRules.Validate(config.Mounts, isPrivileged: config.Linux?.SecurityContext?.Privileged == true);
        DeviceRules.Validate(config.Devices);
        Linux(config, pod);
        ResourceClassRules.Refuse(config, pod);
    }

    /// <summary>
    /// A privileged container is for a privileged pod. Which that is says the request, since kubelet computes it anew
    /// for each: an ephemeral container (kubectl debug --profile=sysadmin) makes a pod privileged that was not when it
    /// began.
    /// </summary>
    /// <param name="config">The container.</param>
    /// <param name="podToday">CreateContainerRequest.sandbox_config, or what the pod was made with.</param>
    public static void Privilege(Cri.ContainerConfig config, Cri.PodSandboxConfig podToday)
    {
        if (config.Linux?.SecurityContext?.Privileged == true && podToday.Linux?.SecurityContext?.Privileged != true)
            throw CrispException.InvalidArgument(
                "privileged", "no privileged container allowed in sandbox: the pod is not privileged");
    }

    /// <summary>
    /// Opened beneath the pod's log directory, by descriptor; here only what can never be meant is refused.
    /// </summary>
    private static void LogPath(string path)
    {
        if (path.Length > 0)
            PathRules.Relative("config.log_path", path);
    }

    private static void Linux(Cri.ContainerConfig config, Cri.PodSandboxConfig pod)
    {
        NamespaceChoice.Of(pod, config);
        ResourceRules.Validate(config.Linux?.Resources);
        if (config.Linux?.SecurityContext is not { } security)
            return;
        UserNamespaceRules.Agree(
            pod.Linux?.SecurityContext?.NamespaceOptions?.UsernsOptions, security.NamespaceOptions?.UsernsOptions);
        UserRules.Validate(security);
        CapabilityRules.Validate(security.Capabilities);
        SecurityProfileRules.Validate(security);
        SELinuxRules.Validate(security.SelinuxOptions);
        ProtectedPathRules.Validate("masked_paths", security.MaskedPaths);
        ProtectedPathRules.Validate("readonly_paths", security.ReadonlyPaths);
    }
}
