using System.Net;

namespace Crisp.Cni.Results;

/// <summary>A route set in the pod.</summary>
/// <param name="Destination">The network, with <paramref name="PrefixLength"/>.</param>
/// <param name="PrefixLength">Zero: the default route.</param>
/// <param name="Gateway">The next hop; null: the default gateway of the address's family.</param>
public sealed record CniRoute(IPAddress Destination, int PrefixLength, IPAddress? Gateway);
