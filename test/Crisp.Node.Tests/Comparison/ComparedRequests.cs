using ProfileType = Runtime.V1.SecurityProfile.Types.ProfileType;

namespace Crisp.Node.Tests.Comparison;

/// <summary>
/// Requests that between them use each part of config.json: what kubelet always sends, and what a pod's author may ask
/// for on top of it.
/// </summary>
/// <param name="slot">Where the pods run.</param>
/// <param name="files">What kubelet has on the node for the pods: volumes, a hosts file, a termination log.</param>
/// <param name="image">One that says all that an image can say, and runs until it is stopped.</param>
public sealed class ComparedRequests(NodeSlot slot, string files, string image)
{

    private OrderedDictionary<string, Action<PodSandboxConfig, ContainerConfig>> Changes => new()
    {
        ["as kubelet sends it"] = (_, _) => { },
        ["privileged"] = (pod, container) =>
            pod.Linux.SecurityContext.Privileged = container.Linux.SecurityContext.Privileged = true,
        ["namespaces of the node"] = (pod, container) =>
        {
            pod.Hostname = ""; // so does kubelet
            Choose(pod, container, choice => choice.Network = choice.Pid = choice.Ipc = NamespaceMode.Node);
        },
        ["shared processes"] = (pod, container) => Choose(pod, container, choice => choice.Pid = NamespaceMode.Pod),
        ["resources"] = (_, container) => container.Linux.Resources = new LinuxContainerResources
        {
            CpuPeriod = 100_000, CpuQuota = 50_000, CpuShares = 512, CpusetCpus = "0", CpusetMems = "0",
            MemoryLimitInBytes = 64 << 20, OomScoreAdj = 970,
        },
        ["no limits"] = (_, container) => container.Linux.Resources = new LinuxContainerResources
        {
            CpuPeriod = 100_000, CpuShares = 2, OomScoreAdj = 1000,
        },
        ["capabilities added and dropped"] = (_, container) => container.Linux.SecurityContext.Capabilities = new()
        {
            AddCapabilities = { "NET_ADMIN", "SYS_TIME" }, DropCapabilities = { "KILL", "CHOWN" },
        },
        ["all capabilities dropped but one"] = (_, container) => container.Linux.SecurityContext.Capabilities = new()
        {
            AddCapabilities = { "NET_BIND_SERVICE" }, DropCapabilities = { "ALL" },
        },
        ["restricted"] = (_, container) =>
        {
            LinuxContainerSecurityContext security = container.Linux.SecurityContext;
            security.RunAsUser = new Int64Value { Value = 1000 };
            security.RunAsGroup = new Int64Value { Value = 3000 };
            security.SupplementalGroups.Add([2000, 4000]);
            security.NoNewPrivs = security.ReadonlyRootfs = true;
            security.Capabilities = new Capability { DropCapabilities = { "ALL" } };
            security.Seccomp = new SecurityProfile { ProfileType = ProfileType.RuntimeDefault };
        },
        ["seccomp with capabilities"] = (_, container) =>
        {
            container.Linux.SecurityContext.Seccomp = new SecurityProfile { ProfileType = ProfileType.RuntimeDefault };
            container.Linux.SecurityContext.Capabilities = new() { AddCapabilities = { "SYS_ADMIN", "SYS_PTRACE" } };
        },
        ["user of the image by name"] = (_, container) => container.Linux.SecurityContext.RunAsUsername = "app",
        ["terminal"] = (_, container) => container.Tty = container.Stdin = true,
        ["image that says all"] = (_, container) => FromImage(container),
        ["arguments alone"] = (_, container) =>
        {
            FromImage(container);
            container.Args.Add("200000");
        },
        ["command, arguments, directory, environment"] = (_, container) =>
        {
            container.Args.Add(["1", "2"]);
            container.WorkingDir = "/srv/./made/";
            container.Envs.Add(ContainerRequest.Env("OVERRIDDEN", "by-request"));
            container.Envs.Add(ContainerRequest.Env("PATH", "/bin"));
            container.Envs.Add(ContainerRequest.Env("EMPTY", ""));
        },
        ["volumes"] = (_, container) => container.Mounts.Add(
        [
            new Mount { ContainerPath = "/private", HostPath = $"{files}/shared" },
            new Mount
            {
                ContainerPath = "/slave", HostPath = $"{files}/shared",
                Propagation = MountPropagation.PropagationHostToContainer,
            },
            new Mount { ContainerPath = "/read-only", HostPath = $"{files}/shared", Readonly = true },
            new Mount { ContainerPath = "/dev/shm", HostPath = $"{files}/shared" },
        ]),
        ["volume that goes both ways"] = (pod, container) =>
        {
            pod.Linux.SecurityContext.Privileged = container.Linux.SecurityContext.Privileged = true;
            container.Mounts.Add(new Mount
            {
                ContainerPath = "/shared", HostPath = $"{files}/shared",
                Propagation = MountPropagation.PropagationBidirectional,
            });
        },
        ["devices"] = (_, container) => container.Devices.Add(
        [
            new Device { HostPath = "/dev/kmsg", ContainerPath = "/dev/kmsg", Permissions = "r" },
            new Device { HostPath = "/dev/zero", ContainerPath = "/dev/nothing", Permissions = "rwm" },
        ]),
        ["procMount: Unmasked"] = (_, container) =>
        {
            container.Linux.SecurityContext.MaskedPaths.Clear();
            container.Linux.SecurityContext.ReadonlyPaths.Clear();
        },
        ["sysctls, annotations"] = (pod, container) =>
        {
            pod.Linux.Sysctls["net.ipv4.ip_unprivileged_port_start"] = "80";
            pod.Annotations["example.org/of"] = "pod";
            container.Annotations["example.org/of"] = "container";
        },
    };

    public IEnumerable<ComparedRequest> All() => Changes.Select(change =>
    {
        PodSandboxConfig pod = PodRequest.Of(slot, Path.Combine(slot.Directory, "logs"), name: "compared");
        ContainerConfig container = ContainerRequest.Of(pod, NodeRun.Busybox, "sleep", "100000");
        container.Mounts.Add(
        [
            new Mount { ContainerPath = "/etc/hosts", HostPath = $"{files}/etc-hosts" },
            new Mount { ContainerPath = "/dev/termination-log", HostPath = $"{files}/termination-log" },
            new Mount
            {
                ContainerPath = "/var/run/secrets/kubernetes.io/serviceaccount", HostPath = $"{files}/token",
                Readonly = true,
            },
        ]);
        change.Value(pod, container);
        return new ComparedRequest(change.Key, pod, container);
    });

    private static void Choose(PodSandboxConfig pod, ContainerConfig container, Action<NamespaceOption> change)
    {
        change(pod.Linux.SecurityContext.NamespaceOptions);
        change(container.Linux.SecurityContext.NamespaceOptions);
    }

    private void FromImage(ContainerConfig container)
    {
        container.Image.Image = container.Image.UserSpecifiedImage = image;
        container.Command.Clear();
    }
}
