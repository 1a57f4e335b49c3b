using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Crisp.Streaming.Server;

/// <summary>
/// TLS beneath HTTP. Certificates are looked at with every connection and read again when a file has changed; while the
/// new ones cannot be read, the old ones serve on.
/// </summary>
internal sealed partial class TlsConnections(
    StreamServerOptions options, TlsFiles files, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan s_handshakeTime = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private (DateTime, DateTime, DateTime) _read;
    private SslServerAuthenticationOptions? _current;

    /// <summary>Reads the files for the first time: an error here stops the start.</summary>
    public void Load() => _current = Read();

    public ConnectionDelegate Over(ConnectionDelegate next) => async connection =>
    {
        var transport = new TwoStreams(
            connection.Transport.Input.AsStream(leaveOpen: true),
            connection.Transport.Output.AsStream(leaveOpen: true));
        await using var tls = new SslStream(transport, leaveInnerStreamOpen: true);
        try
        {
            using var patience = new CancellationTokenSource(s_handshakeTime, time);
            await tls.AuthenticateAsServerAsync(Current(), patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException
            or System.Security.Authentication.AuthenticationException or OperationCanceledException)
        {
            LogNoHandshake(e.Message);
            return;
        }

        var plain = connection.Transport;
        connection.Transport = new StreamPipe(tls);
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            await connection.Transport.Output.CompleteAsync().ConfigureAwait(false);
            connection.Transport = plain;
        }
    };

    private SslServerAuthenticationOptions Current()
    {
        lock (_lock)
        {
            try
            {
                if (_current is null || _read != Times())
                    _current = Read();
            }
            catch (Exception e) when (_current is not null && e is IOException
                or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
            {
                LogNotRead(e.Message);
            }

            return _current;
        }
    }

    private SslServerAuthenticationOptions Read()
    {
        var times = Times();
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(files.Certificate);
        var certificate = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        var tls = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true),
            EnabledSslProtocols = options.MinTlsVersion == System.Security.Authentication.SslProtocols.Tls13
                ? System.Security.Authentication.SslProtocols.Tls13
                : System.Security.Authentication.SslProtocols.Tls12 | System.Security.Authentication.SslProtocols.Tls13,
        };
        if (files.ClientCa is { } path)
        {
            tls.ClientCertificateRequired = true;
            tls.CertificateChainPolicy = ClientPolicy(path);
        }

        _read = times;
        return tls;
    }

    private static X509ChainPolicy ClientPolicy(string path)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.ImportFromPemFile(path);
        return policy;
    }

    private (DateTime, DateTime, DateTime) Times() => (
        File.GetLastWriteTimeUtc(files.Certificate), File.GetLastWriteTimeUtc(files.Key),
        files.ClientCa is { } ca ? File.GetLastWriteTimeUtc(ca) : default);

    [LoggerMessage(7003, LogLevel.Debug, "no TLS session with a streaming client: {Reason}")]
    private partial void LogNoHandshake(string reason);

    [LoggerMessage(7004, LogLevel.Warning,
        "the changed certificate files of the streaming server cannot be read, the old ones serve on: {Reason}")]
    private partial void LogNotRead(string reason);
}
