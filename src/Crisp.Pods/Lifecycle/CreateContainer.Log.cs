using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Lifecycle;

internal static partial class CreateContainerLog
{
    [LoggerMessage(4030, LogLevel.Warning, "left out of the container: {Container}, {Note}")]
    internal static partial void BundleNote(this ILogger log, string container, string note);
}
