using System.Net;
using System.Security.Authentication;

namespace Crisp.Streaming.Server;

/// <summary>Where the server listens and what it allows.</summary>
public sealed record StreamServerOptions
{
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0: any free one.</summary>
    public int Port { get; init; }

    /// <summary>Null: no TLS.</summary>
    public TlsFiles? Tls { get; init; }

    public SslProtocols MinTlsVersion { get; init; } = SslProtocols.Tls12;

    /// <summary>A session in which nothing is sent either way for this long is ended.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromHours(4);

    /// <summary>
    /// How long a session that has to end may go on; then its connection is broken, whatever waits for it.
    /// </summary>
    public TimeSpan EndPatience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a client may take to begin the streams that it asked for.</summary>
    public TimeSpan StreamCreationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a URL is good.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Most URLs that are given out and not used.</summary>
    public int MostTokens { get; init; } = 1000;

    /// <summary>Most sessions at a time.</summary>
    public int MostSessions { get; init; } = 1000;
}
