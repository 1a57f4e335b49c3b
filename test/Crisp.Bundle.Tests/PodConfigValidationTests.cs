using Crisp.Errors;

namespace Crisp.Bundle.Tests;

public class PodConfigValidationTests
{
    [Test]
    public void Validate_Sample_Passes() =>
        Assert.DoesNotThrow(() => PodConfigValidation.Validate(Sample.Pod(), Sample.Host));

    private static readonly TestCaseData[] Refused =
    [
        Case("config.metadata", pod => pod.Metadata = null),
        Case("config.metadata.name", pod => pod.Metadata.Name = ""),
        Case("config.metadata.name", pod => pod.Metadata.Name = "../etc"),
        Case("config.metadata.namespace", pod => pod.Metadata.Namespace = ""),
        Case("config.metadata.uid", pod => pod.Metadata.Uid = ".."),
        Case("config.metadata.uid", pod => pod.Metadata.Uid = "a\nb"),
        Case("config.hostname", pod => pod.Hostname = new string('a', 65)),
        Case("config.hostname", pod => pod.Hostname = "a b"),
        Case("config.hostname", pod => pod.Hostname = "a\n127.0.0.1 evil"),
        Case("config.log_directory", pod => pod.LogDirectory = "var/log"),
        Case("config.log_directory", pod => pod.LogDirectory = "/var/log/../../etc"),
        Case("config.dns_config.servers", pod => pod.DnsConfig = new() { Servers = { "1.1.1.1\noptions x" } }),
        Case("config.dns_config.servers", pod => pod.DnsConfig = new() { Servers = { "dns.example" } }),
        Case("config.dns_config.searches", pod => pod.DnsConfig = new() { Searches = { "a b" } }),
        Case("host_port", pod => pod.PortMappings.Add(new Cri.PortMapping { HostPort = 65536, ContainerPort = 80 })),
        Case("host_port", pod => pod.PortMappings.Add(new Cri.PortMapping { HostPort = -1, ContainerPort = 80 })),
        Case("container_port", pod => pod.PortMappings.Add(new Cri.PortMapping { HostPort = 80 })),
        Case("host_ip",
            pod => pod.PortMappings.Add(new Cri.PortMapping { HostPort = 80, ContainerPort = 80, HostIp = "1" })),
        Case("protocol", pod => pod.PortMappings.Add(
            new Cri.PortMapping { HostPort = 80, ContainerPort = 80, Protocol = (Cri.Protocol)9 })),
        Case("SCTP", pod => pod.PortMappings.Add(
            new Cri.PortMapping { HostPort = 80, ContainerPort = 80, Protocol = Cri.Protocol.Sctp })),
        Case("twice", pod => pod.PortMappings.Add(
            Enumerable.Repeat(new Cri.PortMapping { HostPort = 80, ContainerPort = 80 }, 2))),
        Case("namespace_options.network", pod => Namespaces(pod).Network = Cri.NamespaceMode.Container),
        Case("namespace_options.ipc", pod => Namespaces(pod).Ipc = Cri.NamespaceMode.Target),
        Case("namespace_options.pid", pod => Namespaces(pod).Pid = Cri.NamespaceMode.Target),
        Case("userns_options", pod => Namespaces(pod).UsernsOptions = new() { Mode = Cri.NamespaceMode.Container }),
        Case("namespace_options.pid", pod => Namespaces(pod, 65536).Pid = Cri.NamespaceMode.Node),
        Case("namespace_options.ipc", pod => Namespaces(pod, 65536).Ipc = Cri.NamespaceMode.Node),
        Case("userns_options.uids", pod => Namespaces(pod, 0)),
        Case("userns_options.uids", pod => Namespaces(pod, uint.MaxValue)),
        Case("userns_options.gids", pod => Namespaces(pod, 65536).UsernsOptions.Gids.Clear()),
        Case("userns_options.gids", pod => Namespaces(pod, 65536)
            .UsernsOptions.Gids.Add(new Cri.IDMapping { ContainerId = 1, HostId = 1, Length = 1 })),
        Case("userns_options.uids", pod => Namespaces(pod).UsernsOptions = new() { Mode = Cri.NamespaceMode.Pod }),
        Case("not namespaced", pod => pod.Linux.Sysctls["kernel.core_pattern"] = "|/bin/sh"),
        Case("not namespaced", pod => pod.Linux.Sysctls["vm.swappiness"] = "1"),
        Case("is not the name", pod => pod.Linux.Sysctls["net.ipv4/../../kernel/core_pattern"] = "x"),
        Case("\"+\" or \"=\"",
            pod => pod.Linux.Sysctls["net.ipv4.ip_forward"] = "1+kernel.core_pattern=x"), // CVE-2022-0811
        Case("line break", pod => pod.Linux.Sysctls["net.ipv4.ip_forward"] = "1\n"),
        Case("the node's network", pod => HostNetworkWith(pod, "net.ipv4.ip_forward")), // CVE-2022-0532
        Case("the node's IPC", pod => HostNetworkWith(pod, "kernel.shmmax")),
        Case("run_as_group", pod => pod.Linux.SecurityContext.RunAsGroup = new() { Value = 1 }),
        Case("memory_limit_in_bytes", pod => pod.Linux.Resources = new() { MemoryLimitInBytes = -5 }),
    ];

    [TestCaseSource(nameof(Refused))]
    public void Validate_Refuses(string field, Action<Cri.PodSandboxConfig> change)
    {
        Cri.PodSandboxConfig pod = Sample.Pod();
        change(pod);
        Refusal.Invalid(() => PodConfigValidation.Validate(pod, Sample.Host with { Sctp = false }), field);
    }

    [Test]
    public void Validate_UserNamespace_WhereTheNodeHasNone_IsRefused()
    {
        Cri.PodSandboxConfig pod = Sample.Pod();
        Namespaces(pod, 65536);
        Assert.DoesNotThrow(() => PodConfigValidation.Validate(pod, Sample.Host));
        var refusal = Assert.Throws<CrispException>(
            () => PodConfigValidation.Validate(pod, Sample.Host with { UserNamespaces = false }))!; // it throws
        Assert.That(refusal.Kind, Is.EqualTo(ErrorKind.FailedPrecondition));
        Assert.That(refusal.Message, Does.Contain("userns_options").And.Contain("max_user_namespaces"));
    }

    [Test]
    public void Validate_AsKubeletSendsHostNetwork_Passes()
    {
        Cri.PodSandboxConfig pod = Sample.Pod();
        pod.Hostname = "";
        Namespaces(pod).Network = Cri.NamespaceMode.Node;
        Namespaces(pod).UsernsOptions = new() { Mode = Cri.NamespaceMode.Node };
        pod.PortMappings.Add(new Cri.PortMapping { ContainerPort = 8080, HostPort = 8080 });
        pod.PortMappings.Add(new Cri.PortMapping { ContainerPort = 9090 });
        pod.Linux.Sysctls["kernel.shm_rmid_forced"] = "1";
        // of the node's resolv.conf
        pod.DnsConfig = new() { Servers = { "fe80::1%eth7", "169.254.20.10" }, Searches = { "." } };
        Assert.DoesNotThrow(() => PodConfigValidation.Validate(pod, Sample.Host));
    }

    private static Cri.NamespaceOption Namespaces(Cri.PodSandboxConfig pod, uint ids)
    {
        var mapping = new Cri.IDMapping { HostId = 100000, Length = ids };
        Namespaces(pod)
            .UsernsOptions = new() { Mode = Cri.NamespaceMode.Pod, Uids = { mapping }, Gids = { mapping.Clone() } };
        return Namespaces(pod);
    }

    private static Cri.NamespaceOption Namespaces(Cri.PodSandboxConfig pod) =>
        pod.Linux.SecurityContext.NamespaceOptions;

    private static void HostNetworkWith(Cri.PodSandboxConfig pod, string sysctl)
    {
        Namespaces(pod).Network = Cri.NamespaceMode.Node;
        Namespaces(pod).Ipc = Cri.NamespaceMode.Node;
        pod.Linux.Sysctls[sysctl] = "1";
    }

    private static TestCaseData Case(string field, Action<Cri.PodSandboxConfig> change) => new(field, change);
}
