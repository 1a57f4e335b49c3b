using Crisp.Cri.Generations.Legacy.Wire;
using Google.Protobuf;
using Runtime.V1;
using static Google.Protobuf.WireFormat.WireType;

namespace Crisp.Cri.Generations.Legacy.Requests;

/// <summary>
/// ContainerConfig. 1 to 7 are v1's; from 8 on 1.5 has other fields at the same numbers, and privileged and
/// readonly_rootfs on the container itself.
/// </summary>
internal static class ContainerConfigs
{
    public static ContainerConfig Read(ByteString bytes, LegacyLayout layout)
    {
        if (layout == LegacyLayout.Kubernetes15)
            return Of15(bytes);
        var config = ContainerConfig.Parser.ParseFrom(bytes);
        if (config.Linux?.SecurityContext is { NamespaceOptions: { } namespaces } security)
            security.NamespaceOptions = NamespaceOptions.FromBooleans(namespaces);
        return config;
    }

    /// <summary>Namespaces are the pod's: the container's options stay unset, which means just that in v1.</summary>
    private static ContainerConfig Of15(ByteString bytes)
    {
        var security = new LinuxContainerSecurityContext();
        var config = new ContainerConfig { Linux = new LinuxContainerConfig { SecurityContext = security } };
        for (var wire = new WireReader(bytes); wire.Next();)
        {
            switch (wire.Field, wire.Type)
            {
                case (1, LengthDelimited): config.Metadata = wire.Merge(config.Metadata); break;
                case (2, LengthDelimited): config.Image = wire.Merge(config.Image); break;
                case (3, LengthDelimited): config.Command.Add(wire.Text()); break;
                case (4, LengthDelimited): config.Args.Add(wire.Text()); break;
                case (5, LengthDelimited): config.WorkingDir = wire.Text(); break;
                case (6, LengthDelimited): config.Envs.Add(wire.Merge<KeyValue>(null)); break;
                case (7, LengthDelimited): config.Mounts.Add(wire.Merge<Mount>(null)); break;
                case (8, LengthDelimited): wire.Entry(config.Labels); break;
                case (9, LengthDelimited): wire.Entry(config.Annotations); break;
                case (10, Varint): security.Privileged = wire.Boolean(); break;
                case (11, Varint): security.ReadonlyRootfs = wire.Boolean(); break;
                case (12, LengthDelimited): config.LogPath = wire.Text(); break;
                case (13, Varint): config.Stdin = wire.Boolean(); break;
                case (14, Varint): config.StdinOnce = wire.Boolean(); break;
                case (15, Varint): config.Tty = wire.Boolean(); break;
                case (16, LengthDelimited): LinuxContainers.Read(wire.Message(), config.Linux); break;
            }
        }
        return config;
    }
}
