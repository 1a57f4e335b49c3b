using Crisp.Linux;

namespace Crisp.Cni;

public sealed partial class CniClient
{
    /// <summary>
    /// DEL: each plugin in reverse order, with the result of ADD where the version has it. Can be repeated. A plugin
    /// that fails does not keep the ones after it from freeing what they hold.
    /// </summary>
    /// <exception cref="CniException">The first failure, with the others as notes; call again to retry.</exception>
    public async Task DeleteAsync(
        CniAttachment attachment, FileDescriptor? inheritedLock, CancellationToken cancellationToken)
    {
        Validate(attachment);
        var previous = attachment.Network.Version.HasCheck ? attachment.Result : null;
        CniException? failure = null;
        foreach (var plugin in attachment.Network.Plugins.Reverse())
        {
            try
            {
                var call = Call(CniVerb.Delete, plugin, attachment, previous, inheritedLock);
                await _plugin.RunAsync(call, cancellationToken).ConfigureAwait(false);
            }
            catch (CniException e) when (e.Code == CniErrorCode.UnknownContainer)
            {
                // By the specification there is nothing left to clean up.
            }
            catch (CniException e)
            {
                failure = failure is null ? e : failure.WithNote(e.Message);
            }
        }

        if (failure is not null) throw failure;
    }
}
