using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Identity;

internal static partial class NameReservationsLog
{
    [LoggerMessage(4002, LogLevel.Warning, "{What} failed with no caller left to tell: {Id}")]
    internal static partial void FailedUnwatched(this ILogger log, string what, string id, Exception error);
}
