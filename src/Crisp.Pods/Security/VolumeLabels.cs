using Crisp.Bundle;
using Crisp.Bundle.SELinux;
using Crisp.Errors;
using Crisp.Linux;
using Runtime.V1;

namespace Crisp.Pods.Security;

/// <summary>
/// Gives volumes the SELinux label of the container that asks for it (selinux_relabel), whose level is its pod's: no
/// other pod reads them from then on. What belongs to the system is refused, as container runtimes agree (go-selinux);
/// only what the request marks is touched (CVE-2021-43816).
/// </summary>
internal sealed class VolumeLabels(FileLabel label, bool topDecides, IReadOnlyList<string> own)
{
    private const string Name = "try-skip-volume-selinux-label.crio.io";
    private const string FormerName = "io.kubernetes.cri-o.TrySkipVolumeSELinuxLabel";

    /// <summary>The type of containers that no label keeps from anything.</summary>
    private const string SuperPrivileged = "spc_t";

    private static readonly string[] s_ofTheSystem =
    [
        "/", "/bin", "/boot", "/dev", "/etc", "/etc/passwd", "/etc/pki", "/etc/shadow", "/home", "/lib", "/lib64",
        "/media", "/mnt", "/opt",
        "/proc", "/root", "/run", "/sbin", "/srv", "/sys", "/tmp", "/usr", "/var", "/var/lib", "/var/lib/kubelet",
        "/var/log", "/var/run",
    ];

    /// <summary>
    /// Null where nothing is relabelled: without SELinux, for privileged containers and those of type spc_t.
    /// </summary>
    internal static VolumeLabels? Of(
        SELinuxLabels? labels, ContainerConfig container, PodSandboxConfig pod, RuntimeFacts runtime,
        PodsOptions options)
    {
        if (labels is null || container.Linux?.SecurityContext?.SelinuxOptions?.Type == SuperPrivileged)
            return null;
        bool topDecides =
            FeatureAnnotation.Find(pod.Annotations, runtime.AllowedAnnotations, Name, FormerName) == "true";
        return new VolumeLabels(
            FileLabel.SELinux(labels.File), topDecides, [options.StateDirectory, options.RunDirectory]);
    }

    /// <summary>
    /// A file system that has one label for all, as kubelet mounts some (context=), or none, stays as it is.
    /// </summary>
    /// <exception cref="CrispException">InvalidArgument: it is the system's. FailedPrecondition: the kernel does not
    /// let it be done.</exception>
    internal void Relabel(FileDescriptor source, string path, CancellationToken cancellation)
    {
        if (s_ofTheSystem.Concat(own).Contains(path))
            throw CrispException.InvalidArgument("config.mounts.selinux_relabel",
                $"{path} is the system's: relabelling it for a container would break the node");
        if (topDecides && label.IsOn(source))
            return;
        try
        {
            LabelledTree.TrySet(source, label, cancellation);
        }
        catch (SyscallException error)
        {
            throw new CrispException(
                ErrorKind.FailedPrecondition,
                $"{path} cannot be relabelled for SELinux as selinux_relabel asks: {error.Message}", error);
        }
    }
}
