using Microsoft.Extensions.Logging;

namespace Crisp.Pods;

internal static partial class RuntimeHandlersLog
{
    [LoggerMessage(4060, LogLevel.Warning, "{Problem}; no new pod gets it until crisp is started again")]
    internal static partial void Unusable(this ILogger log, string problem);
}
