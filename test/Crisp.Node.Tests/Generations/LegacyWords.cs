using L = Runtime.Legacy;

namespace Crisp.Node.Tests.Generations;

/// <summary>v1's words in those of 1.5 and back, as a kubelet of that time would have put the same pod.</summary>
internal static class LegacyWords
{
    public static L.PodSandboxConfig Pod(PodSandboxConfig pod)
    {
        var namespaces = pod.Linux.SecurityContext.NamespaceOptions;
        return new L.PodSandboxConfig
        {
            Metadata = new L.PodSandboxMetadata
            {
                Name = pod.Metadata.Name,
                Uid = pod.Metadata.Uid,
                Namespace = pod.Metadata.Namespace,
                Attempt = pod.Metadata.Attempt,
            },
            Hostname = pod.Hostname,
            LogDirectory = pod.LogDirectory,
            DnsConfig = new L.DNSConfig
            {
                Servers = { pod.DnsConfig.Servers },
                Searches = { pod.DnsConfig.Searches },
                Options = { pod.DnsConfig.Options },
            },
            Labels = { pod.Labels },
            Annotations = { pod.Annotations },
            Linux = new L.LinuxPodSandboxConfig
            {
                CgroupParent = pod.Linux.CgroupParent,
                NamespaceOptions = new L.NamespaceOption
                {
                    HostNetwork = namespaces.Network == NamespaceMode.Node,
                    HostPid = namespaces.Pid == NamespaceMode.Node,
                    HostIpc = namespaces.Ipc == NamespaceMode.Node,
                },
            },
        };
    }

    public static L.ContainerConfig Container(ContainerConfig container)
    {
        var old = new L.ContainerConfig
        {
            Metadata = new L.ContainerMetadata { Name = container.Metadata.Name, Attempt = container.Metadata.Attempt },
            Image = new L.ImageSpec { Image = container.Image.Image },
            Command = { container.Command },
            Args = { container.Args },
            WorkingDir = container.WorkingDir,
            Envs = { container.Envs.Select(env => new L.KeyValue { Key = env.Key, Value = env.Value.ToStringUtf8() }) },
            Mounts =
            {
                container.Mounts.Select(mount => new L.Mount
                {
                    ContainerPath = mount.ContainerPath, HostPath = mount.HostPath, Readonly = mount.Readonly,
                }),
            },
            Labels = { container.Labels },
            Annotations = { container.Annotations },
            LogPath = container.LogPath,
            Stdin = container.Stdin,
            StdinOnce = container.StdinOnce,
            Tty = container.Tty,
        };
        old.Privileged = container.Linux.SecurityContext.Privileged;
        old.ReadonlyRootfs = container.Linux.SecurityContext.ReadonlyRootfs;
        old.Linux = Linux(container.Linux);
        return old;
    }

    public static PodSandboxStatus Pod(L.PodSandboxStatus pod)
    {
        Assert.That(
            pod.HasState && pod.HasCreatedAt && pod.Network.HasIp && pod.Metadata.HasAttempt, "also a zero is said");
        var namespaces = pod.Linux.Namespaces.Options;
        return new PodSandboxStatus
        {
            Id = pod.Id,
            Metadata = Metadata(pod.Metadata),
            State = (PodSandboxState)pod.State,
            CreatedAt = pod.CreatedAt,
            Network = new PodSandboxNetworkStatus { Ip = pod.Network.Ip },
            Linux = new LinuxPodSandboxStatus
            {
                Namespaces = new Namespace
                {
                    Options = new NamespaceOption
                    {
                        Network = namespaces.HostNetwork ? NamespaceMode.Node : NamespaceMode.Pod,
                        Pid = namespaces.HostPid ? NamespaceMode.Node : NamespaceMode.Container,
                        Ipc = namespaces.HostIpc ? NamespaceMode.Node : NamespaceMode.Pod,
                    },
                },
            },
            Labels = { pod.Labels },
            Annotations = { pod.Annotations },
        };
    }

    public static PodSandbox Pod(L.PodSandbox pod) => new()
    {
        Id = pod.Id,
        Metadata = Metadata(pod.Metadata),
        State = (PodSandboxState)pod.State,
        CreatedAt = pod.CreatedAt,
        Labels = { pod.Labels },
        Annotations = { pod.Annotations },
    };

    public static ContainerStatus Container(L.ContainerStatus container)
    {
        Assert.That(container.HasState && container.HasExitCode && container.HasFinishedAt, "also a zero is said");
        return new ContainerStatus
        {
            Id = container.Id,
            Metadata = Metadata(container.Metadata),
            State = (ContainerState)container.State,
            CreatedAt = container.CreatedAt,
            StartedAt = container.StartedAt,
            FinishedAt = container.FinishedAt,
            ExitCode = container.ExitCode,
            Image = new ImageSpec { Image = container.Image.Image },
            ImageRef = container.ImageRef,
            Reason = container.Reason,
            Message = container.Message,
            Labels = { container.Labels },
            Annotations = { container.Annotations },
        };
    }

    public static Container Container(L.Container container) => new()
    {
        Id = container.Id,
        PodSandboxId = container.PodSandboxId,
        Metadata = Metadata(container.Metadata),
        Image = new ImageSpec { Image = container.Image.Image },
        ImageRef = container.ImageRef,
        State = (ContainerState)container.State,
        CreatedAt = container.CreatedAt,
        Labels = { container.Labels },
        Annotations = { container.Annotations },
    };

    public static Image? Image(L.Image? image) => image is null ? null : new Image
    {
        Id = image.Id,
        RepoTags = { image.RepoTags },
        RepoDigests = { image.RepoDigests },
        Size = image.Size,
    };

    private static L.LinuxContainerConfig Linux(LinuxContainerConfig linux)
    {
        var security = linux.SecurityContext;
        var user = new L.LinuxUser { AdditionalGids = { security.SupplementalGroups } };
        if (security.RunAsUser is not null)
            user.Uid = security.RunAsUser.Value;
        if (security.RunAsGroup is not null)
            user.Gid = security.RunAsGroup.Value;
        return new L.LinuxContainerConfig
        {
            Resources = new L.LinuxContainerResources
            {
                CpuPeriod = linux.Resources.CpuPeriod,
                CpuQuota = linux.Resources.CpuQuota,
                CpuShares = linux.Resources.CpuShares,
                MemoryLimitInBytes = linux.Resources.MemoryLimitInBytes,
                OomScoreAdj = linux.Resources.OomScoreAdj,
            },
            Capabilities = security.Capabilities is not { } changes ? null : new L.Capability
            {
                AddCapabilities = { changes.AddCapabilities },
                DropCapabilities = { changes.DropCapabilities },
            },
            User = user,
        };
    }

    private static PodSandboxMetadata Metadata(L.PodSandboxMetadata metadata) => new()
    {
        Name = metadata.Name,
        Uid = metadata.Uid,
        Namespace = metadata.Namespace,
        Attempt = metadata.Attempt,
    };

    private static ContainerMetadata Metadata(L.ContainerMetadata metadata) =>
        new() { Name = metadata.Name, Attempt = metadata.Attempt };
}
