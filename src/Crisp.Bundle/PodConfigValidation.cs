using Crisp.Bundle.Validation;
using Crisp.Errors;

namespace Crisp.Bundle;

/// <summary>
/// Refuses a PodSandboxConfig that is incomplete, contradicts itself or asks for what is not honoured yet, before
/// anything is made. Windows' part is ignored: kubelets send it empty.
/// </summary>
public static class PodConfigValidation
{
    /// <summary>
    /// Without the host, what it cannot do is not refused here; the cgroup parent is its driver's to judge.
    /// </summary>
    public static void Validate(Cri.PodSandboxConfig? config, HostFacts? host = null)
    {
        if (config is null)
            throw CrispException.InvalidArgument("config", "is missing");
        Metadata(config);
        Hostname(config.Hostname);
        if (config.LogDirectory.Length > 0)
            PathRules.Absolute("config.log_directory", config.LogDirectory);
        DnsRules.Validate(config.DnsConfig);
        PortRules.Validate(config.PortMappings, host);
        TextRules.Metadata("config.labels", config.Labels);
        TextRules.Metadata("config.annotations", config.Annotations);
        Linux(config.Linux, host);
    }

    /// <summary>
    /// For a pod's making and its update. What they say is kubelet's to write: the pod's cgroup is its own.
    /// </summary>
    public static void Resources(Cri.LinuxContainerResources? overhead, Cri.LinuxContainerResources? resources)
    {
        ResourceRules.Validate(overhead);
        ResourceRules.Validate(resources);
    }

    private static void Metadata(Cri.PodSandboxConfig config)
    {
        Cri.PodSandboxMetadata metadata = config.Metadata
            ?? throw CrispException.InvalidArgument("config.metadata", "is missing");
        TextRules.Name("config.metadata.name", metadata.Name);
        TextRules.Name("config.metadata.namespace", metadata.Namespace);
        TextRules.Name("config.metadata.uid", metadata.Uid);
    }

    private static void Hostname(string hostname)
    {
        const string field = "config.hostname";
        TextRules.Plain(field, hostname, Limits.HostnameBytes);
        var wellFormed = hostname.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_')
            && !hostname.StartsWith('-') && !hostname.StartsWith('.');
        if (!wellFormed)
            throw CrispException.InvalidArgument(field, $"\"{hostname}\" is not a host name");
    }

    private static void Linux(Cri.LinuxPodSandboxConfig? linux, HostFacts? host)
    {
        if (linux is null)
            return;
        Cri.LinuxSandboxSecurityContext security = linux.SecurityContext ?? new();
        Cri.NamespaceOption namespaces = security.NamespaceOptions ?? new();
        NamespaceChoice.Shared("network", namespaces.Network, namespaces.Network);
        NamespaceChoice.Shared("ipc", namespaces.Ipc, namespaces.Ipc);
        if (namespaces.Pid is not (Cri.NamespaceMode.Pod or Cri.NamespaceMode.Container or Cri.NamespaceMode.Node))
            throw CrispException.InvalidArgument(
                "namespace_options.pid", $"{namespaces.Pid.ToString().ToUpperInvariant()} is not possible for a pod");
        UserNamespaceRules.Validate(namespaces, host);
        SysctlRules.Validate(linux.Sysctls, namespaces);
        Resources(linux.Overhead, linux.Resources);
        SecurityProfileRules.Validate(security);
        SELinuxRules.Validate(security.SelinuxOptions);
        UserRules.Sandbox(security);
        if (linux.CgroupParent.Length > 0)
            TextRules.Plain("linux.cgroup_parent", linux.CgroupParent, Limits.PathBytes);
    }
}
