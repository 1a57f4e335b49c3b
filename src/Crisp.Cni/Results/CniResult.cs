using System.Net;

namespace Crisp.Cni.Results;

/// <summary>
/// What the last plugin of a list answered to ADD, the same whatever version it speaks. <see cref="Json"/> keeps its
/// very bytes, which are the prevResult of later verbs.
/// </summary>
public sealed record CniResult
{
    public required string CniVersion { get; init; }

    public IReadOnlyList<CniInterface> Interfaces { get; init; } = [];

    /// <summary>In the plugin's order: the first is the pod's primary address.</summary>
    public IReadOnlyList<CniIp> Ips { get; init; } = [];

    public IReadOnlyList<CniRoute> Routes { get; init; } = [];

    public CniResultDns Dns { get; init; } = new();

    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>
    /// The addresses of the pod's interface of this name. An address that names no interface counts as its own; if
    /// none is left (a plugin that names the interface differently), all count.
    /// </summary>
    public IReadOnlyList<IPAddress> AddressesOf(string interfaceName)
    {
        var own = Ips.Where(ip => IsOn(ip, interfaceName)).Select(ip => ip.Address).ToArray();
        return own.Length > 0 ? own : [.. Ips.Select(ip => ip.Address)];
    }

    private bool IsOn(CniIp ip, string interfaceName)
    {
        if (ip.InterfaceIndex is not { } index || index < 0 || index >= Interfaces.Count) return true;
        var on = Interfaces[index];
        return on.Name == interfaceName && on.Sandbox.Length > 0;
    }
}
