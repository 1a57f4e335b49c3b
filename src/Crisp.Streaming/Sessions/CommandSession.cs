using Crisp.Errors;
using Crisp.Streaming.RemoteCommand;

namespace Crisp.Streaming.Sessions;

/// <summary>One exec or attach from its streams to the word on how it ended.</summary>
internal static class CommandSession
{
    /// <summary>How long a client may take to read the end and close; then it is closed for it.</summary>
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(10);

    public static async Task<string> RunAsync(
        CommandRequest request, ICommandConnection connection, IStreamTargets targets, TimeSpan patience,
        CancellationToken ending)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(connection.Vanished, ending);
        RemoteStreams streams;
        using (var opening = CancellationTokenSource.CreateLinkedTokenSource(over.Token))
        {
            opening.CancelAfter(patience);
            try
            {
                streams = await connection.OpenAsync(opening.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!over.IsCancellationRequested)
            {
                return $"the client did not begin its streams within {patience.TotalSeconds:0} s";
            }
        }

        StatusMessage status = await EndOfAsync(request, streams, targets, over.Token).ConfigureAwait(false);
        bool isGone = connection.Vanished.IsCancellationRequested; // afterwards it is in any case
        using var farewell = new CancellationTokenSource(ending.IsCancellationRequested ? TimeSpan.Zero : s_farewell);
        await connection.EndAsync(status, farewell.Token).ConfigureAwait(false);
        return isGone && status.Status != "Success" ? "the client went away" : status.Message ?? status.Status;
    }

    private static async Task<StatusMessage> EndOfAsync(
        CommandRequest request, RemoteStreams streams, IStreamTargets targets, CancellationToken over)
    {
        try
        {
            if (request is ExecRequest exec)
                return ExitMessage.OfExitCode(await targets.ExecAsync(exec, streams, over).ConfigureAwait(false));
            await targets.AttachAsync((AttachRequest)request, streams, over).ConfigureAwait(false);
            return ExitMessage.OfExitCode(0);
        }
        catch (CrispException e)
        {
            return ExitMessage.OfError(e.Message.Trim());
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return ExitMessage.OfError(over.IsCancellationRequested ? "the session was ended" : e.Message);
        }
    }
}
