using Microsoft.Extensions.Logging;

namespace Crisp.Cri;

internal static partial class CallLogMessages
{
    [LoggerMessage(EventId = 5001, Message = "{Method}{Subject} done in {Milliseconds} ms")]
    public static partial void Done(
        this ILogger log, LogLevel level, string method, string subject, double milliseconds);

    [LoggerMessage(EventId = 5002, Message = "{Method}{Subject} failed after {Milliseconds} ms: {Code}: {Error}")]
    public static partial void Failed(
        this ILogger log,
        LogLevel level, string method, string subject, string code, string error, double milliseconds);

    [LoggerMessage(5003, LogLevel.Error, "{Method}{Subject} failed unexpectedly after {Milliseconds} ms")]
    public static partial void Unexpected(
        this ILogger log, string method, string subject, double milliseconds, Exception error);
}
