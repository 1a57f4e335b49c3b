using Crisp.Cni.Configuration;
using Microsoft.Extensions.Logging;

namespace Crisp.Cni;

public sealed partial class CniNetworks
{
    [LoggerMessage(4000, LogLevel.Information, "use CNI network {Network} of {File}")]
    private partial void LogUse(string network, string file);

    [LoggerMessage(4001, LogLevel.Warning, "skip CNI configuration {File}: {Problem}")]
    private partial void LogSkip(string file, string problem);

    /// <summary>
    /// One line for each file that has become unusable, one when another network is used from now on.
    /// </summary>
    private void LogChange(ConfigurationSnapshot before, ConfigurationSnapshot now)
    {
        foreach (var (file, problem) in now.Skipped.Except(before.Skipped)) LogSkip(file, problem);
        var network = Choose(now)?.Name;
        if (network is not null && network != _loggedNetwork)
            LogUse(network, now.Networks.First(entry => entry.Network.Name == network).File);
        _loggedNetwork = network;
    }
}
