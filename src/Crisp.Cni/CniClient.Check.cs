namespace Crisp.Cni;

public sealed partial class CniClient
{
    /// <summary>
    /// CHECK: whether the attachment is still as ADD left it. Where it cannot be asked (before 0.4.0, no result, or
    /// disableCheck) there is nothing to complain about.
    /// </summary>
    /// <exception cref="CniException">Of the first plugin that objects.</exception>
    public async Task CheckAsync(CniAttachment attachment, CancellationToken cancellationToken)
    {
        Validate(attachment);
        var network = attachment.Network;
        if (network.DisableCheck || !network.Version.HasCheck || attachment.Result is not { } result) return;
        foreach (var plugin in network.Plugins)
            await _plugin.RunAsync(
                Call(CniVerb.Check, plugin, attachment, result, inheritedLock: null), cancellationToken)
                .ConfigureAwait(false);
    }
}
