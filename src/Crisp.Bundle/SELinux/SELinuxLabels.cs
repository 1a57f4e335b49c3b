namespace Crisp.Bundle.SELinux;

/// <summary>The label of a container's process, and that of the files it may write.</summary>
public sealed record SELinuxLabels(string Process, string File)
{
    /// <summary>
    /// The labels of a container: the policy's, with what the request names in their place. The level, which keeps pods
    /// apart, is the request's or else its pod's. Null: no label of its own (privileged containers, hosts without
    /// SELinux).
    /// </summary>
    public static SELinuxLabels? Of(Cri.ContainerConfig container, HostFacts host, string? podLevel)
    {
        Cri.LinuxContainerSecurityContext? security = container.Linux?.SecurityContext;
        return host.SELinux is not { } policy || security?.Privileged == true
            ? null
            : Of(security?.SelinuxOptions, policy, podLevel);
    }

    /// <summary>The same of a pod: of its init, and of the files that all of its containers see.</summary>
    public static SELinuxLabels? Of(Cri.PodSandboxConfig pod, HostFacts host, string? podLevel)
    {
        Cri.LinuxSandboxSecurityContext? security = pod.Linux?.SecurityContext;
        return host.SELinux is not { } policy || security?.Privileged == true
            ? null
            : Of(security?.SelinuxOptions, policy, podLevel);
    }

    private static SELinuxLabels? Of(Cri.SELinuxOption? options, SELinuxHost policy, string? podLevel)
    {
        // A pod without a level is one that runs without labels (hostnetwork_disable_selinux).
        string? level = string.IsNullOrEmpty(options?.Level) ? podLevel : options.Level;
        if (level is null)
            return null;
        string[] process = Parts(policy.ProcessLabel);
        string[] file = Parts(policy.FileLabel);
        string user = Or(options?.User, process[0]);
        return new SELinuxLabels(
            $"{user}:{Or(options?.Role, process[1])}:{Or(options?.Type, process[2])}:{level}",
            $"{Or(options?.User, file[0])}:{file[1]}:{file[2]}:{level}");
    }

    /// <summary>user:role:type and the level, which has colons of its own.</summary>
    private static string[] Parts(string label) => label.Split(':', 4);

    private static string Or(string? asked, string otherwise) => string.IsNullOrEmpty(asked) ? otherwise : asked;
}
