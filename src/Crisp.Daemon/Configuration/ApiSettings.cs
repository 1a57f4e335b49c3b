using System.Net;
using System.Security.Authentication;

namespace Crisp.Daemon.Configuration;

/// <summary>[crio.api]</summary>
internal sealed record ApiSettings
{
    public string Listen { get; init; } = "/run/crisp/crisp.sock";

    public IPAddress StreamAddress { get; init; } = IPAddress.Loopback;

    public int StreamPort { get; init; }

    public bool StreamEnableTls { get; init; }

    public string StreamTlsCert { get; init; } = "";

    public string StreamTlsKey { get; init; } = "";

    public string StreamTlsCa { get; init; } = "";

    public SslProtocols TlsMinVersion { get; init; } = SslProtocols.Tls12;

    public TimeSpan StreamIdleTimeout { get; init; } = TimeSpan.FromHours(4);
}
