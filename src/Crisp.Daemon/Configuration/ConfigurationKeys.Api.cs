using System.Globalization;
using System.Security.Authentication;
using Crisp.Toml;
using Key = Crisp.Daemon.Configuration.ConfigurationKey<Crisp.Daemon.Configuration.CrispConfiguration>;

namespace Crisp.Daemon.Configuration;

internal static partial class ConfigurationKeys
{
    private const string ApiTable = "crio.api";

    private static readonly Dictionary<string, SslProtocols> s_tlsVersions = new(StringComparer.Ordinal)
    {
        ["VersionTLS12"] = SslProtocols.Tls12,
        ["VersionTLS13"] = SslProtocols.Tls13,
    };

    private static Key[] Api =>
    [
        ApiKey("listen",
            "The unix socket that kubelet and crictl talk to (mode 0660).",
            a => TomlText.Quote(a.Listen),
            (a, v) => a with { Listen = v.Path(maxBytes: 106) }),
        ApiKey("stream_address",
            "The address at which exec, attach and port-forward are served. Whoever reaches it needs a URL that kubelet "
            + "or crictl was given, once and for a minute.",
            a => TomlText.Quote(a.StreamAddress.ToString()),
            (a, v) => a with { StreamAddress = v.Address() }),
        ApiKey("stream_port",
            "The port there, as a string. \"0\": any free one.",
            a => TomlText.Quote(a.StreamPort.ToString(CultureInfo.InvariantCulture)),
            (a, v) => a with { StreamPort = v.Port() }),
        ApiKey("stream_enable_tls",
            "Serve it over TLS, with the files below; they are read again when they change.",
            a => a.StreamEnableTls ? "true" : "false",
            (a, v) => a with { StreamEnableTls = v.Boolean() }),
        ApiKey("stream_tls_cert",
            "The server's certificate and the chain behind it, PEM.",
            a => TomlText.Quote(a.StreamTlsCert),
            (a, v) => a with { StreamTlsCert = v.PathOrEmpty() }),
        ApiKey("stream_tls_key",
            "Its private key, PEM.",
            a => TomlText.Quote(a.StreamTlsKey),
            (a, v) => a with { StreamTlsKey = v.PathOrEmpty() }),
        ApiKey("stream_tls_ca",
            "Clients need a certificate that one of these signed, PEM. Empty: they need none.",
            a => TomlText.Quote(a.StreamTlsCa),
            (a, v) => a with { StreamTlsCa = v.PathOrEmpty() }),
        ApiKey("tls_min_version",
            "The oldest TLS that is spoken: \"VersionTLS12\" or \"VersionTLS13\".",
            a => Show(s_tlsVersions, a.TlsMinVersion),
            (a, v) => a with { TlsMinVersion = v.Choice(s_tlsVersions) }),
        ApiKey("stream_idle_timeout",
            "A streaming session in which nothing is sent either way for this long is ended: \"90s\", \"30m\", \"4h\". "
            + "Empty: 4 hours.",
            a => TomlText.Quote(((long)a.StreamIdleTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture) + "s"),
            (a, v) => a with { StreamIdleTimeout = v.DurationOrNull() ?? TimeSpan.FromHours(4) }),
    ];

    private static Key ApiKey(
        string name,
        string documentation,
        Func<ApiSettings, string> show,
        Func<ApiSettings, ConfiguredValue, ApiSettings> apply) =>
        new(ApiTable, name, documentation, c => show(c.Api), (c, v) => c with { Api = apply(c.Api, v) });
}
