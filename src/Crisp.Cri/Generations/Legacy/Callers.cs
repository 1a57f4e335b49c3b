namespace Crisp.Cri.Generations.Legacy;

/// <summary>
/// What is known of each client's layout. The image service's requests look alike in all of them, but the same kubelet
/// gives itself away on the runtime service; so clients are known by process, not by connection.
/// </summary>
internal sealed class Callers(LegacyLayout? configured)
{
    /// <summary>A node has one kubelet; debugging tools come and go. When it is full it starts anew.</summary>
    private const int MaxRemembered = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LegacyLayout> _seen = [];

    /// <param name="peer">The client, as <see cref="global::Grpc.Core.ServerCallContext.Peer"/> names it.</param>
    /// <param name="shown">What the request itself shows beyond doubt; null where it could be of any layout.</param>
    public LegacyLayout LayoutOf(string peer, LegacyLayout? shown)
    {
        lock (_lock)
        {
            var known = configured ?? (_seen.TryGetValue(peer, out var before) ? before : LegacyLayout.Kubernetes15);
            if (shown is not { } layout)
                return known;
            if (layout != LegacyLayout.Kubernetes15 && known > layout)
                layout = known; // what is shown is the least that the client speaks
            if (_seen.Count >= MaxRemembered)
                _seen.Clear();
            return _seen[peer] = layout;
        }
    }
}
