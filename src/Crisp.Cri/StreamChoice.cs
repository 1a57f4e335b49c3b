using Crisp.Errors;
using Crisp.Pods;

namespace Crisp.Cri;

/// <summary>What Exec and Attach ask alike.</summary>
internal static class StreamChoice
{
    public static void Check(bool tty, bool stdin, bool stdout, bool stderr)
    {
        if (!stdin && !stdout && !stderr)
            throw CrispException.InvalidArgument("stdin, stdout, stderr", "one of them must be asked for");
        if (tty && stderr)
            throw CrispException.InvalidArgument("stderr", "cannot be asked for with tty: a terminal has one output");
    }

    /// <summary>The whole ID of a container that runs, or is about to.</summary>
    public static string Running(ContainerSnapshot container, string consequence) =>
        container.Phase is ContainerPhase.Created or ContainerPhase.Running
        ? container.Id
        : throw new CrispException(
            ErrorKind.FailedPrecondition, $"container {container.Id} is not running, so {consequence}");
}
