using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Checkpoints;

internal static partial class CheckpointResumesLog
{
    [LoggerMessage(
        4070, LogLevel.Error,
        "could not resume container {Container} after its checkpoint; it may stand still until the next start of crisp, which tries again")]
    internal static partial void StandsStill(this ILogger log, string container, Exception error);
}
