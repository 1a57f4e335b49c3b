using Crisp.Errors;

namespace Crisp.Bundle.Validation;

/// <summary>Refusals of port mappings. A host port of 0 means that there is none, as kubelet sends it.</summary>
internal static class PortRules
{
    public static void Validate(IReadOnlyCollection<Cri.PortMapping> mappings, HostFacts? host)
    {
        TextRules.Count("config.port_mappings", mappings.Count, Limits.PortMappings);
        var taken = new HashSet<(Cri.Protocol Protocol, int Port, string Address)>();
        foreach (Cri.PortMapping mapping in mappings)
        {
            Port("config.port_mappings.host_port", mapping.HostPort, least: 0);
            Port("config.port_mappings.container_port", mapping.ContainerPort, least: mapping.HostPort > 0 ? 1 : 0);
            Protocol(mapping, host);
            if (mapping.HostIp.Length > 0 && !AddressRules.IsAddress(mapping.HostIp))
                throw CrispException.InvalidArgument(
                    "config.port_mappings.host_ip", $"\"{mapping.HostIp}\" is not an IP address");
            if (mapping.HostPort > 0 && !taken.Add((mapping.Protocol, mapping.HostPort, mapping.HostIp)))
                throw CrispException.InvalidArgument(
                    "config.port_mappings.host_port", $"{mapping.HostPort} is mapped twice");
        }
    }

    private static void Port(string field, int port, int least)
    {
        if (port < least || port > ushort.MaxValue)
            throw CrispException.InvalidArgument(field, $"{port} is not between {least} and {ushort.MaxValue}");
    }

    private static void Protocol(Cri.PortMapping mapping, HostFacts? host)
    {
        const string field = "config.port_mappings.protocol";
        if (!Enum.IsDefined(mapping.Protocol))
            throw CrispException.InvalidArgument(field, $"{mapping.Protocol} is not a protocol");
        if (mapping.Protocol == Cri.Protocol.Sctp && mapping.HostPort > 0 && host?.Sctp == false)
            throw CrispException.InvalidArgument(field, "SCTP is not possible: this host's kernel lacks it");
    }
}
