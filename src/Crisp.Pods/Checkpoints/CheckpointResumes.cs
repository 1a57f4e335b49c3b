using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;

namespace Crisp.Pods.Checkpoints;

/// <summary>
/// The end of the time that containers stand still for: what keeps one from running on keeps no other from it.
/// </summary>
internal static class CheckpointResumes
{
    /// <exception cref="Exception">The first failure, after all have been tried.</exception>
    internal static async Task LetRunOnAsync(
        IReadOnlyList<CheckpointWork> works, Func<CheckpointWork, Task> resume, ILogger log)
    {
        ExceptionDispatchInfo? first = null;
        foreach (var work in works)
        {
            try
            {
                await resume(work).ConfigureAwait(false);
            }
            catch (Exception error) // whatever it was, the next one must run on
            {
                work.StandsStill = true;
                log.StandsStill(work.Container.Id, error);
                first ??= ExceptionDispatchInfo.Capture(error);
            }
        }

        first?.Throw();
    }
}
