using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Recovery;

internal static partial class RecoveryLog
{
    [LoggerMessage(
        4040, LogLevel.Information, "took up {Pods} pod sandboxes and {Containers} containers in {Milliseconds} ms")]
    internal static partial void TookUp(this ILogger log, int pods, int containers, long milliseconds);

    [LoggerMessage(4041, LogLevel.Information, "removed what was left of {What} {Id}")]
    internal static partial void LeftoverRemoved(this ILogger log, string what, string id);

    [LoggerMessage(4042, LogLevel.Error, "could not remove what was left of {What} {Id}; the next start tries again")]
    internal static partial void LeftoverStays(this ILogger log, string what, string id, Exception error);

    [LoggerMessage(4043, LogLevel.Error, "could not go on with {Work} of {Id}; the next request or start tries again")]
    internal static partial void NotResumed(this ILogger log, string work, string id, Exception error);

    [LoggerMessage(4045, LogLevel.Error, "could not find out all about container {Container}; its process is watched")]
    internal static partial void NotTakenUp(this ILogger log, string container, Exception error);
}
