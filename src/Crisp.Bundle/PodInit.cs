namespace Crisp.Bundle;

/// <summary>
/// config.json of the init of a pod that shares a PID namespace: one static program on a read-only root, nobody's user,
/// no capability, in the pod's other namespaces. It reaps and sleeps.
/// </summary>
public static class PodInit
{
    /// <summary>"nobody" of no distribution, so that it shares its ID with no service of a node.</summary>
    private const uint Nobody = 65535;

    public static Oci.Spec Build(PodInitInput input)
    {
        var none = Array.Empty<string>();
        return new Oci.Spec
        {
            OciVersion = input.OciVersion,
            Process = new Oci.Process
            {
                Terminal = false,
                User = new Oci.User { Uid = Nobody, Gid = Nobody, AdditionalGids = [Nobody] },
                Args = input.Args,
                Env = ["PATH=/"],
                Cwd = "/",
                Capabilities = new Oci.ProcessCapabilities { Bounding = none, Effective = none, Permitted = none, Inheritable = none, Ambient = none },
                NoNewPrivileges = true,
                OomScoreAdj = input.OomScoreAdj,
            },
            Root = new Oci.Root { Path = input.RootFsPath, Readonly = true },
            Mounts = [new Oci.Mount { Destination = "/proc", Type = "proc", Source = "proc", Options = ["nosuid", "noexec", "nodev"] }],
            Annotations = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["io.container.manager"] = "crisp",
                ["io.kubernetes.cri.container-type"] = "sandbox",
                ["io.kubernetes.cri.sandbox-id"] = input.PodId,
                ["io.kubernetes.cri-o.ContainerType"] = "sandbox",
                ["io.kubernetes.cri-o.SandboxID"] = input.PodId,
            },
            Linux = new Oci.LinuxSpec
            {
                CgroupsPath = input.CgroupPath,
                Seccomp = input.Seccomp,
                Resources = new Oci.Resources { Devices = [new Oci.DeviceRule { Allow = false, Access = "rwm" }] },
                Namespaces = Namespaces(input).ToArray(),
                MaskedPaths = ["/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/timer_list"],
                ReadonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
            },
        };
    }

    private static IEnumerable<Oci.Namespace> Namespaces(PodInitInput input)
    {
        yield return new Oci.Namespace { Type = Oci.NamespaceTypes.Mount };
        yield return new Oci.Namespace { Type = Oci.NamespaceTypes.Pid };
        if (input.Paths.NetNs is not null)
            yield return new Oci.Namespace { Type = Oci.NamespaceTypes.Network, Path = input.Paths.NetNs };
        if (input.Paths.IpcNs is not null)
            yield return new Oci.Namespace { Type = Oci.NamespaceTypes.Ipc, Path = input.Paths.IpcNs };
        if (input.Paths.UtsNs is not null)
            yield return new Oci.Namespace { Type = Oci.NamespaceTypes.Uts, Path = input.Paths.UtsNs };
        if (input.CgroupV2)
            yield return new Oci.Namespace { Type = Oci.NamespaceTypes.Cgroup };
    }
}
