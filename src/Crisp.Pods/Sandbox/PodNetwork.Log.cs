using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Sandbox;

internal static partial class PodNetworkLog
{
    [LoggerMessage(4049, LogLevel.Warning,
        "the host ports of pod {Pod} lead nowhere: no plugin of network {Network} takes them; install CNI's portmap plugin or add it to the network")]
    internal static partial void HostPortsNotMapped(this ILogger log, string pod, string network);
}
