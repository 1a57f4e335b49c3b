using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Lifecycle;

internal static partial class ContainerExitsLog
{
    [LoggerMessage(4020, LogLevel.Information, "container exited: {Container}, code {ExitCode}, {Reason}")]
    internal static partial void Exited(this ILogger log, string container, int exitCode, string reason);

    [LoggerMessage(4021, LogLevel.Warning, "lost the monitor of a container: {Container}")]
    internal static partial void MonitorLost(this ILogger log, string container, Exception error);

    [LoggerMessage(4022, LogLevel.Error, "could not write the exit to disk, it is known in memory only: {Container}")]
    internal static partial void ExitNotWritten(this ILogger log, string container, Exception error);

    [LoggerMessage(
        4023, LogLevel.Warning, "could not kill what the container left behind: {Container}, cgroup {Cgroup}")]
    internal static partial void LeftoversNotKilled(this ILogger log, string container, string cgroup, Exception error);

    [LoggerMessage(
        4024, LogLevel.Error, "could not release all that the container held; its removal tries again: {Container}")]
    internal static partial void ExitNotHandled(this ILogger log, string container, Exception error);
}
