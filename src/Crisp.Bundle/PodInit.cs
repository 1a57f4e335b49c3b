namespace Crisp.Bundle;

/// <summary>
/// config.json of the init of a pod that shares a PID namespace: one static program on a read-only root, nobody's user,
/// no capability, in the pod's other namespaces. It reaps and sleeps.
/// </summary>
public static class PodInit
{
    /// <summary>"nobody" of no distribution, so that it shares its ID with no service of a node.</summary>
    private const uint Nobody = 65535;

    private static readonly Oci.Mount Proc =
        new() { Destination = "/proc", Type = "proc", Source = "proc", Options = ["nosuid", "noexec", "nodev"] };

    /// <summary>
    /// Where the runtime puts its devices and links. All inits share the root of the disk: two runtimes at once would
    /// be in each other's way there (crun: "creating symlink for `/dev/ptmx`: File exists"), and the root of a user
    /// namespace cannot write to it.
    /// </summary>
    private static readonly Oci.Mount Dev =
        new()
        {
            Destination = "/dev",
            Type = "tmpfs",
            Source = "tmpfs",
            Options = ["nosuid", "noexec", "mode=755", "size=64k"]
        };

    public static Oci.Spec Build(PodInitInput input)
    {
        var none = Array.Empty<string>();
        return new Oci.Spec
        {
            OciVersion = input.OciVersion,
            Process = new Oci.Process
            {
                Terminal = false,
                User = User(input.Users),
                Args = input.Args,
                Env = ["PATH=/"],
                Cwd = "/",
                Capabilities = new Oci.ProcessCapabilities
                {
                    Bounding = none,
                    Effective = none,
                    Permitted = none,
                    Inheritable = none,
                    Ambient = none
                },
                NoNewPrivileges = true,
                ApparmorProfile = input.AppArmorProfile,
                SelinuxLabel = input.SELinuxLabel,
                OomScoreAdj = input.OomScoreAdj,
            },
            Hostname = MakesUts(input) && input.Hostname.Length > 0 ? input.Hostname : null,
            Root = new Oci.Root { Path = input.RootFsPath, Readonly = true },
            Mounts = [Proc, Dev],
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
                UidMappings = input.Users is { } users ? [users.Uids] : null,
                GidMappings = input.Users is { } groups ? [groups.Gids] : null,
                Sysctl = input.Users is not null && input.Sysctls.Count > 0 ? Sysctls(input) : null,
                CgroupsPath = input.CgroupPath,
                Seccomp = input.Seccomp,
                Resources = new Oci.Resources { Devices = [new Oci.DeviceRule { Allow = false, Access = "rwm" }] },
                Namespaces = Namespaces(input).ToArray(),
                MaskedPaths = ["/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/timer_list"],
                ReadonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
            },
        };
    }

    /// <summary>The last one that the pod's user namespace has, where that is smaller.</summary>
    private static Oci.User User(UserMappings? users)
    {
        uint uid = Math.Min(Nobody, users?.Uids.Size - 1 ?? Nobody);
        uint gid = Math.Min(Nobody, users?.Gids.Size - 1 ?? Nobody);
        return new Oci.User { Uid = uid, Gid = gid, AdditionalGids = [gid] };
    }

    /// <summary>Runtimes want the dotted form; a name with a dot within a component has only the other.</summary>
    private static SortedDictionary<string, string> Sysctls(PodInitInput input)
    {
        SortedDictionary<string, string> sysctls = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> sysctl in input.Sysctls)
        {
            string path = PodSysctl.ToPath(sysctl.Key);
            sysctls[path.Contains('.') ? path : path.Replace('/', '.')] = sysctl.Value;
        }

        return sysctls;
    }

    private static IEnumerable<Oci.Namespace> Namespaces(PodInitInput input)
    {
        yield return new Oci.Namespace { Type = Oci.NamespaceTypes.Mount };
        yield return new Oci.Namespace { Type = Oci.NamespaceTypes.Pid };
        foreach (Oci.Namespace shared in input.Users is null ? Joined(input.Paths) : Made(input))
            yield return shared;
        if (input.CgroupV2)
            yield return new Oci.Namespace { Type = Oci.NamespaceTypes.Cgroup };
    }

    private static IEnumerable<Oci.Namespace> Joined(PodPaths paths)
    {
        if (paths.NetNs is not null)
            yield return new Oci.Namespace { Type = Oci.NamespaceTypes.Network, Path = paths.NetNs };
        if (paths.IpcNs is not null)
            yield return new Oci.Namespace { Type = Oci.NamespaceTypes.Ipc, Path = paths.IpcNs };
        if (paths.UtsNs is not null)
            yield return new Oci.Namespace { Type = Oci.NamespaceTypes.Uts, Path = paths.UtsNs };
    }

    /// <summary>
    /// Those that the pod is to have of its own: not the network and the host name of a pod on the node's.
    /// </summary>
    private static IEnumerable<Oci.Namespace> Made(PodInitInput input)
    {
        yield return new Oci.Namespace { Type = Oci.NamespaceTypes.User };
        if (input.Paths.NetNs is not null)
            yield return new Oci.Namespace { Type = Oci.NamespaceTypes.Network };
        yield return new Oci.Namespace { Type = Oci.NamespaceTypes.Ipc };
        if (MakesUts(input))
            yield return new Oci.Namespace { Type = Oci.NamespaceTypes.Uts };
    }

    private static bool MakesUts(PodInitInput input) => input is { Users: not null, Paths.UtsNs: not null };
}
