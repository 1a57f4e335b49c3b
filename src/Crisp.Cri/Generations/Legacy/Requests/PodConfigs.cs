using Crisp.Cri.Generations.Legacy.Wire;
using Google.Protobuf;
using Runtime.V1;
using static Google.Protobuf.WireFormat.WireType;

namespace Crisp.Cri.Generations.Legacy.Requests;

/// <summary>
/// PodSandboxConfig. 1 to 8 are v1's but for linux, where 1.5 has the namespaces themselves at 2 and v1 a security
/// context that holds them.
/// </summary>
internal static class PodConfigs
{
    public static PodSandboxConfig Read(ByteString bytes, LegacyLayout layout, LegacyOptions options)
    {
        var config = layout == LegacyLayout.Kubernetes15 ? Of15(bytes) : PodSandboxConfig.Parser.ParseFrom(bytes);
        var linux = config.Linux ??= new LinuxPodSandboxConfig();
        var security = linux.SecurityContext ??= new LinuxSandboxSecurityContext();
        if (layout == LegacyLayout.Kubernetes15)
        {
            security.NamespaceOptions ??= NamespaceOptions.Default;
            security.Privileged = true; // 1.5 asks no pod beforehand: each container says for itself
        }
        else
            security.NamespaceOptions = NamespaceOptions.FromBooleans(security.NamespaceOptions);
        if (options.SystemdCgroups)
            linux.CgroupParent = CgroupParents.ForSystemd(linux.CgroupParent);
        AnnotatedFeatures.Apply(config);
        return config;
    }

    private static PodSandboxConfig Of15(ByteString bytes)
    {
        var config = new PodSandboxConfig();
        for (var wire = new WireReader(bytes); wire.Next();)
        {
            switch (wire.Field, wire.Type)
            {
                case (1, LengthDelimited): config.Metadata = wire.Merge(config.Metadata); break;
                case (2, LengthDelimited): config.Hostname = wire.Text(); break;
                case (3, LengthDelimited): config.LogDirectory = wire.Text(); break;
                case (4, LengthDelimited): config.DnsConfig = wire.Merge(config.DnsConfig); break;
                case (5, LengthDelimited): config.PortMappings.Add(wire.Merge<PortMapping>(null)); break;
                case (6, LengthDelimited): wire.Entry(config.Labels); break;
                case (7, LengthDelimited): wire.Entry(config.Annotations); break;
                case (8, LengthDelimited): ReadLinux(
                    wire.Message(), config.Linux ??= new LinuxPodSandboxConfig()); break;
            }
        }
        return config;
    }

    private static void ReadLinux(WireReader wire, LinuxPodSandboxConfig into)
    {
        while (wire.Next())
        {
            switch (wire.Field, wire.Type)
            {
                case (1, LengthDelimited):
                    into.CgroupParent = wire.Text();
                    break;
                case (2, LengthDelimited):
                    into.SecurityContext ??= new LinuxSandboxSecurityContext();
                    NamespaceOptions.Read(
                        wire.Message(), into.SecurityContext.NamespaceOptions ??= NamespaceOptions.Default);
                    break;
            }
        }
    }
}
