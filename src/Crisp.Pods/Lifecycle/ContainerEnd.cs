using Crisp.Linux;
using Crisp.MonitorProtocol;

namespace Crisp.Pods.Lifecycle;

/// <summary>How a container ended, in the words of CRI.</summary>
internal sealed record ContainerEnd(int ExitCode, string Reason, string Message, long FinishedAtNanos)
{
    /// <summary>The exit code of an end that nobody saw, as cri-o has it.</summary>
    private const int UnseenCode = 255;

    /// <summary>The exit code of a program that could not be started, as docker and containerd have it.</summary>
    private const int StartErrorCode = 128;

    /// <summary>
    /// An OOM kill is one that ended the first process: memory that ran out in a child hours ago does not make a later
    /// clean exit one.
    /// </summary>
    internal static ContainerEnd Of(ExitRecord exit) => new(
        exit.ExitCode,
        exit switch
        {
            { OomKilled: true, Signal: Signals.Kill } => ExitReasons.OomKilled,
            { ExitCode: 0 } => ExitReasons.Completed,
            _ => ExitReasons.Error,
        },
        exit.Message ?? "",
        exit.FinishedAtNanos);

    internal static ContainerEnd Unseen(string message, long nowNanos) =>
        new(UnseenCode, ExitReasons.Unknown, message, nowNanos);

    internal static ContainerEnd NotStarted(string message, long nowNanos) =>
        new(StartErrorCode, ExitReasons.StartError, message, nowNanos);
}
