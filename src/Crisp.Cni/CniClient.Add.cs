using Crisp.Cni.Results;
using Crisp.Errors;
using Crisp.Linux;

namespace Crisp.Cni;

public sealed partial class CniClient
{
    /// <summary>
    /// ADD: each plugin in turn, with the result of the one before. Whatever goes wrong, a cancellation too, is undone
    /// by a DEL of the whole list, since a plugin that failed may have left an address or a link.
    /// </summary>
    /// <returns>The attachment with its result, to be stored.</returns>
    /// <exception cref="CniException">Of the plugin that failed; a DEL that failed as well is a note in it.</exception>
    public async Task<CniAttachment> AddAsync(
        CniAttachment attachment, FileDescriptor? inheritedLock, CancellationToken cancellationToken)
    {
        Validate(attachment);
        CniResult? result = null;
        try
        {
            foreach (var plugin in attachment.Network.Plugins)
            {
                var previous = attachment.Network.Version.HasPreviousResult ? result : null;
                result = await _plugin.RunForResultAsync(
                    Call(CniVerb.Add, plugin, attachment, previous, inheritedLock), cancellationToken).ConfigureAwait(
                        false);
            }

            return attachment with { Result = result };
        }
        catch (Exception failure)
        {
            var undone = attachment with { Result = result };
            if (await TryDeleteAsync(undone, inheritedLock).ConfigureAwait(false) is not { } problem) throw;
            var note = $"and the cleanup after it failed too: {problem}";
            throw failure switch
            {
                CniException explained => explained.WithNote(note),
                OperationCanceledException =>
                    new OperationCanceledException($"{failure.Message}, {note}", failure, cancellationToken),
                _ => new CrispException(ErrorKind.Internal, $"{failure.Message}, {note}", failure),
            };
        }
    }

    /// <summary>
    /// DEL on a time of its own, since the caller's may be up; the sentence if it failed. It gets a second try: bridge,
    /// when it was cut off before its masquerading rule, fails to delete that rule once, and then has nothing to
    /// delete.
    /// </summary>
    private async Task<string?> TryDeleteAsync(CniAttachment attachment, FileDescriptor? inheritedLock)
    {
        string? problem = null;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            try
            {
                await DeleteAsync(attachment, inheritedLock, CancellationToken.None).ConfigureAwait(false);
                return null;
            }
            catch (CniException e)
            {
                problem = e.Message;
                if (e.Kind == ErrorKind.DeadlineExceeded) break;
            }
        }

        return problem;
    }
}
