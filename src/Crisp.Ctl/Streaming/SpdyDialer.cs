using Crisp.Streaming.RemoteCommand;
using Crisp.Streaming.Spdy;

namespace Crisp.Ctl.Streaming;

/// <summary>Begins a SPDY session of one of Kubernetes' protocols.</summary>
internal static class SpdyDialer
{
    /// <returns>The session, and the protocol that the server picked; the oldest servers name none.</returns>
    internal static async Task<(SpdySession Session, string Protocol)> DialAsync(
        HttpUpgrade upgrade, IReadOnlyList<string> protocols, CancellationToken ct)
    {
        var (connection, headers) = await upgrade.RequestAsync(
            "POST",
            [("Upgrade", StreamProtocols.Spdy),
                .. protocols.Select(protocol => (StreamProtocols.VersionHeader, protocol))],
            ct);
        var protocol = headers.GetValueOrDefault(StreamProtocols.VersionHeader.ToLowerInvariant(), protocols[^1]);
        return (SpdySession.Start(connection, SpdyRole.Client), protocol);
    }
}
