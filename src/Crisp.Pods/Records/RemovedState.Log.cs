using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Records;

internal static partial class RemovedStateLog
{
    [LoggerMessage(4050, LogLevel.Warning, "cannot delete {Path}; the next start tries again")]
    internal static partial void NotDeleted(this ILogger log, string path, Exception error);
}
