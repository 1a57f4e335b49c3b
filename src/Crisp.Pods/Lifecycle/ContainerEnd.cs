using Crisp.Linux;
using Crisp.MonitorProtocol;

namespace Crisp.Pods.Lifecycle;

/// <summary>How a container ended, in the words of CRI.</summary>
internal sealed record ContainerEnd(int ExitCode, string Reason, string Message, long FinishedAtNanos)
{
    /// <summary>The exit code of an end that nobody saw, as cri-o has it.</summary>
    private const int UnseenCode = 255;

    private const int KilledCode = 128 + Signals.Kill;

    /// <summary>The exit code of a program that could not be started, as docker and containerd have it.</summary>
    private const int StartErrorCode = 128;

    /// <summary>
    /// An OOM kill is one that ended the first process, itself or through a shell that passes the code on: memory that
    /// ran out in a child hours ago makes neither a clean exit one, nor a SIGKILL that a stop has sent.
    /// </summary>
    /// <param name="exit">What the monitor saw.</param>
    /// <param name="killAtNanos">When a stop that was asked for turned to SIGKILL, which the monitor does not know; 0:
    /// none was.</param>
    internal static ContainerEnd Of(ExitRecord exit, long killAtNanos) => new(
        exit.ExitCode,
        exit switch
        {
            { OomKilled: true, ExitCode: KilledCode } when killAtNanos == 0
                || exit.FinishedAtNanos < killAtNanos => ExitReasons.OomKilled,
            { ExitCode: 0 } => ExitReasons.Completed,
            _ => ExitReasons.Error,
        },
        exit.Message ?? "",
        exit.FinishedAtNanos);

    internal static ContainerEnd Unseen(string message, long nowNanos) =>
        new(UnseenCode, ExitReasons.Unknown, message, nowNanos);

    /// <summary>
    /// A container from a checkpoint that was stopped before anything was restored; as if killed at once.
    /// </summary>
    internal static ContainerEnd NeverRan(long nowNanos) => new(KilledCode, ExitReasons.Error, "", nowNanos);

    internal static ContainerEnd NotStarted(string message, long nowNanos) =>
        new(StartErrorCode, ExitReasons.StartError, message, nowNanos);
}
