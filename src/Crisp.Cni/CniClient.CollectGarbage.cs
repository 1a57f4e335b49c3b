using Crisp.Cni.Configuration;
using Crisp.Cni.Plugins;

namespace Crisp.Cni;

public sealed partial class CniClient
{
    /// <summary>
    /// GC (1.1.0): the plugins free what belongs to none of the valid attachments, whoever made it. Nothing happens
    /// where the version or disableGC forbids it. Every plugin gets its turn.
    /// </summary>
    /// <exception cref="CniException">The first failure, with the others as notes.</exception>
    public async Task CollectGarbageAsync(
        NetworkConfigurationList network, IReadOnlyList<CniAttachment> valid, CancellationToken cancellationToken)
    {
        if (network.DisableGc || !network.Version.HasStatusAndGc) return;
        CniException? failure = null;
        foreach (var plugin in network.Plugins)
        {
            try
            {
                var call = new PluginCall
                {
                    Plugin = plugin.Type,
                    Verb = CniVerb.CollectGarbage,
                    Configuration = ExecutionConfiguration.BuildForGc(plugin, valid),
                };
                await _plugin.RunAsync(call, cancellationToken).ConfigureAwait(false);
            }
            catch (CniException e)
            {
                failure = failure is null ? e : failure.WithNote(e.Message);
            }
        }

        if (failure is not null) throw failure;
    }
}
