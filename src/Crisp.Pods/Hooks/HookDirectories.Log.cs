using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Hooks;

internal static partial class HookDirectoriesLog
{
    [LoggerMessage(4061, LogLevel.Warning, "skip OCI hook {File}: {Problem}")]
    internal static partial void SkipHook(this ILogger log, string file, string problem);
}
