namespace Crisp.Daemon.Configuration;

/// <summary>[crio.network]</summary>
internal sealed record NetworkSettings
{
    /// <summary>Empty: the first configuration in lexical order of file names.</summary>
    public string DefaultNetwork { get; init; } = "";

    /// <summary>Empty: UpdateRuntimeConfig writes nothing.</summary>
    public string Template { get; init; } = "";

    public bool MapsHostPorts { get; init; } = true;

    public string NetworkDirectory { get; init; } = "/etc/cni/net.d";

    public IReadOnlyList<string> PluginDirectories { get; init; } =
        ["/opt/cni/bin", "/usr/lib/cni", "/usr/libexec/cni"];
}
