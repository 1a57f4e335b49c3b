using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Sandbox;

internal static partial class PodFlowsLog
{
    [LoggerMessage(4048, LogLevel.Warning,
        "could not end the flows of datagrams to a pod's host ports; clients that go on sending may not reach the next user of the port: {Pod}")]
    internal static partial void FlowsNotForgotten(this ILogger log, string pod, Exception error);
}
