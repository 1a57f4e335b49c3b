using Microsoft.Extensions.Logging;

namespace Crisp.Pods;

internal static partial class PodRuntimeLog
{
    [LoggerMessage(4046, LogLevel.Warning, "the CNI plugins did not free all that belongs to no pod")]
    internal static partial void GarbageNotCollected(this ILogger log, Exception error);

    [LoggerMessage(4047, LogLevel.Debug, "Container event CONTAINER_{Kind}_EVENT generated for {Id}")]
    internal static partial void Happened(this ILogger log, string kind, string id);
}
