using System.Net;
using Crisp.Cni;
using Crisp.Linux;
using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Sandbox;

/// <summary>
/// What the kernel remembers of a pod's UDP host ports when the rules are gone: a client that goes on sending would
/// still be led to the pod's address, which may be another's by now, and no program that has the port meanwhile would
/// hear of it. The plugins look at that only where they lead a port to a new pod.
/// </summary>
internal static class PodFlows
{
    /// <summary>After DEL. What fails is said, and keeps no pod from its end.</summary>
    internal static void Forget(CniAttachment attachment, ILogger log)
    {
        var ports = attachment.CapabilityArguments.PortMappings
            .Where(mapping => mapping.Protocol == "udp").Select(mapping => mapping.HostPort).ToHashSet();
        if (ports.Count == 0 || attachment.Result is not { } result)
            return;
        HashSet<IPAddress> addresses = [.. result.Ips.Select(ip => ip.Address)];
        try
        {
            ConnectionTracking.ForgetDatagrams(ports, addresses);
        }
        catch (SyscallException error)
        {
            log.FlowsNotForgotten(attachment.ContainerId, error);
        }
    }
}
