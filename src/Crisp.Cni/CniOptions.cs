namespace Crisp.Cni;

/// <summary>
/// Where the node's CNI configuration and plugins are. The defaults are those of cri-o, plus Debian's directory.
/// </summary>
public sealed record CniOptions
{
    /// <summary>
    /// The directory whose *.conf, *.conflist and *.json files are read, in the order of their names.
    /// </summary>
    public string ConfDirectory { get; init; } = "/etc/cni/net.d";

    /// <summary>Searched in this order for a plugin's binary.</summary>
    public IReadOnlyList<string> PluginDirectories { get; init; } =
        ["/opt/cni/bin", "/usr/lib/cni", "/usr/libexec/cni"];

    /// <summary>The name of the network to use; null or empty: the first usable file's.</summary>
    public string? DefaultNetwork { get; init; }

    /// <summary>
    /// Host ports are mapped also where no plugin of the network takes them (<see cref="CniClient.WithHostPorts"/>).
    /// </summary>
    public bool MapsHostPorts { get; init; } = true;

    /// <summary>
    /// What one plugin may take for one verb before it is killed with all that it started. Below kubelet's four
    /// minutes for a sandbox, so that the answer names the plugin rather than a deadline.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// What a plugin may still take once its caller has cancelled. A plugin that ends by itself leaves something whole
    /// to undo; one that is killed can leave the node's bridge in a state that fails every later pod.
    /// </summary>
    public TimeSpan CancellationGrace { get; init; } = TimeSpan.FromSeconds(5);
}
