using Crisp.Cni.Configuration;
using Crisp.Errors;
using Microsoft.Extensions.Logging;

namespace Crisp.Cni;

/// <summary>
/// The networks of the node and whether pods can have them now. The directories are looked at when somebody asks (a
/// Status every few seconds, a RunPodSandbox), and parsed only when they changed: nothing runs in between, and no
/// change is missed or late.
/// </summary>
public sealed partial class CniNetworks
{
    private readonly CniOptions _options;
    private readonly CniClient _client;
    private readonly ILogger _logger;
    private readonly Lock _change = new();
    private volatile ConfigurationSnapshot _snapshot = ConfigurationSnapshot.Empty;
    private string? _loggedNetwork;

    public CniNetworks(CniOptions options, CniClient client, ILogger<CniNetworks> logger)
    {
        _options = options;
        _client = client;
        _logger = logger;
    }

    /// <summary>By configuration and plugin binaries alone; runs nothing.</summary>
    public CniReadiness Readiness
    {
        get
        {
            var network = Find(out var message);
            return network is null ? NotReady(message) : new CniReadiness(true, "", message);
        }
    }

    /// <summary>The configuration a new pod is to get.</summary>
    /// <exception cref="CrispException">FailedPrecondition, with the reason why there is none.</exception>
    public NetworkConfigurationList Current() =>
        Find(out var message) ?? throw new CrispException(ErrorKind.FailedPrecondition, message);

    /// <summary><see cref="Readiness"/>, and what the plugins themselves say where their version has STATUS.</summary>
    public async Task<CniReadiness> AskReadinessAsync(CancellationToken cancellationToken)
    {
        var network = Find(out var message);
        if (network is null) return NotReady(message);
        try
        {
            await _client.StatusAsync(network, cancellationToken).ConfigureAwait(false);
            return new CniReadiness(true, "", message);
        }
        catch (CniException e)
        {
            return NotReady(e.Message);
        }
    }

    private static CniReadiness NotReady(string message) => new(false, CniReadiness.NotReadyReason, message);

    private NetworkConfigurationList? Find(out string message)
    {
        var snapshot = Refresh();
        var skipped = string.Concat(snapshot.Skipped.Select(file => $"; skipped {file.File}: {file.Problem}"));
        if (Choose(snapshot) is not { } network)
        {
            message = Absence(snapshot) + skipped;
            return null;
        }

        message = _client.MissingPlugin(network) ?? "";
        if (message.Length > 0) return null;
        message = skipped.TrimStart(';', ' ');
        return network;
    }

    private NetworkConfigurationList? Choose(ConfigurationSnapshot snapshot) => snapshot.Networks
        .Select(entry => entry.Network)
        .FirstOrDefault(
            network => string.IsNullOrEmpty(_options.DefaultNetwork) || network.Name == _options.DefaultNetwork);

    private string Absence(ConfigurationSnapshot snapshot)
    {
        var directory = _options.ConfDirectory;
        if (snapshot.DirectoryMissing) return $"the CNI configuration directory {directory} does not exist";
        if (snapshot.Networks.Count > 0)
            return $"no CNI configuration in {directory} is named \"{_options.DefaultNetwork}\" (cni_default_network); "
                + $"there is {string.Join(", ", snapshot.Networks.Select(entry => $"\"{entry.Network.Name}\""))}";
        return snapshot.Skipped.Count > 0
            ? $"no usable CNI configuration in {directory}"
            : $"no CNI configuration in {directory}: has the network provider been installed?";
    }

    private ConfigurationSnapshot Refresh()
    {
        var files = ConfigurationDirectory.Read(_options.ConfDirectory);
        var snapshot = _snapshot;
        if (snapshot.IsOf(files)) return snapshot;
        lock (_change)
        {
            if (_snapshot.IsOf(files)) return _snapshot;
            snapshot = ConfigurationSnapshot.Parse(files);
            LogChange(_snapshot, snapshot);
            return _snapshot = snapshot;
        }
    }
}
