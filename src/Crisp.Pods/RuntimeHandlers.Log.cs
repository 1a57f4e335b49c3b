using Microsoft.Extensions.Logging;

namespace Crisp.Pods;

internal static partial class RuntimeHandlersLog
{
    [LoggerMessage(4060, LogLevel.Warning, "{Problem}; no new pod gets it until crisp is started again")]
    internal static partial void Unusable(this ILogger log, string problem);

    [LoggerMessage(
        4061, LogLevel.Warning,
        "runtime handler {Handler}: release {Version} of {Program} is older than the fixes of {Escapes}; whoever runs in a container may get out of it, unless the package has them nonetheless, as distributions do: see its change log")]
    internal static partial void KnownEscapes(
        this ILogger log, string handler, string version, string program, string escapes);
}
