using Crisp.Cni.Configuration;
using Crisp.Cni.Plugins;

namespace Crisp.Cni;

public sealed partial class CniClient
{
    /// <summary>STATUS (1.1.0): whether the plugins of a network could serve an ADD now.</summary>
    /// <exception cref="CniException">Of the first plugin that could not.</exception>
    public async Task StatusAsync(NetworkConfigurationList network, CancellationToken cancellationToken)
    {
        if (!network.Version.HasStatusAndGc) return;
        foreach (var plugin in network.Plugins)
        {
            var call = new PluginCall
            {
                Plugin = plugin.Type,
                Verb = CniVerb.Status,
                Configuration = ExecutionConfiguration.Build(plugin),
                Timeout = CniLimits.StatusTime,
            };
            await _plugin.RunAsync(call, cancellationToken).ConfigureAwait(false);
        }
    }
}
