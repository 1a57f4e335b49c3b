using Microsoft.Extensions.Logging;

namespace Crisp.Pods;

internal static partial class PodRuntimeLog
{
    [LoggerMessage(4046, LogLevel.Warning, "the CNI plugins did not free all that belongs to no pod")]
    internal static partial void GarbageNotCollected(this ILogger log, Exception error);
}
