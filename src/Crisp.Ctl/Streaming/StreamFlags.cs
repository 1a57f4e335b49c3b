using Crisp.Ctl.CommandLine;

namespace Crisp.Ctl.Streaming;

/// <summary>The options of every verb that opens streams.</summary>
internal static class StreamFlags
{
    internal static IReadOnlyList<Flag> All { get; } =
    [
        Flag.Text("transport", 'r', "What the streams travel over: spdy or websocket") with { Default = "spdy" },
        Flag.Text("tls-ca",
            null, "Who signs the streaming server's certificate; without it a server of this machine is believed"),
        Flag.Text("tls-cert", null, "Certificate to show to the streaming server"),
        Flag.Text("tls-key", null, "Its private key"),
        Flag.Text("tls-sni", null, "The name that the server's certificate has to be for, if not the URL's"),
        Flag.Text("tls-server-name", null, "The same as --tls-sni"),
    ];

    internal static StreamTransport Transport(ParsedFlags flags) => flags.Text("transport").ToLowerInvariant() switch
    {
        "spdy" => StreamTransport.Spdy,
        "websocket" => StreamTransport.WebSocket,
        var other => throw new UsageException($"--transport is spdy or websocket, not \"{other}\""),
    };

    internal static TlsSettings Tls(ParsedFlags flags) => new()
    {
        AuthorityFile = flags.Text("tls-ca"),
        CertificateFile = flags.Text("tls-cert"),
        KeyFile = flags.Text("tls-key"),
        ServerName = flags.Text("tls-sni") is { Length: > 0 } name ? name : flags.Text("tls-server-name"),
    };
}
