using System.Net;

namespace Crisp.Cni.Results;

/// <summary>An address given to a pod.</summary>
/// <param name="Address">The address itself.</param>
/// <param name="PrefixLength">Of its subnet.</param>
/// <param name="Gateway">The subnet's gateway, if the plugin named one.</param>
/// <param name="InterfaceIndex">Into the result's interfaces; null if the plugin did not say.</param>
public sealed record CniIp(IPAddress Address, int PrefixLength, IPAddress? Gateway, int? InterfaceIndex);
