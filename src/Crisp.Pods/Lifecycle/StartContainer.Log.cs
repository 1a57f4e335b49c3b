using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Lifecycle;

internal static partial class StartContainerLog
{
    [LoggerMessage(4071, LogLevel.Warning,
        "cannot take away what container {Container} was restored from; it goes when the container is removed")]
    internal static partial void RestoreFilesStay(this ILogger log, string container, Exception error);
}
