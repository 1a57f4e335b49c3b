using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Work;

internal static partial class UndoStackLog
{
    [LoggerMessage(4010, LogLevel.Error, "could not {Name} of {Subject}; the next start of crisp cleans it up")]
    internal static partial void UndoFailed(this ILogger log, string name, string subject, Exception error);
}
