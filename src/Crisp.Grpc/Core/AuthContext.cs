namespace Grpc.Core;

/// <summary>
/// Who the peer is. Access to the socket file is all the authentication CRI has, so it is always empty.
/// </summary>
public class AuthContext(string? peerIdentityPropertyName, Dictionary<string, List<AuthProperty>> properties)
{
    public bool IsPeerAuthenticated => PeerIdentityPropertyName is not null;

    public string? PeerIdentityPropertyName { get; } = peerIdentityPropertyName;

    public IEnumerable<AuthProperty> Properties => properties.Values.SelectMany(values => values);
}
