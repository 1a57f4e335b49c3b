using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Crisp.Ctl.Streaming;

/// <summary>Whom to believe to be the streaming server, and who to be. Empty is not given.</summary>
internal sealed record TlsSettings
{
    public string AuthorityFile { get; init; } = "";

    public string CertificateFile { get; init; } = "";

    public string KeyFile { get; init; } = "";

    public string ServerName { get; init; } = "";

    internal SslClientAuthenticationOptions For(Uri url)
    {
        try
        {
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = ServerName.Length > 0 ? ServerName : url.IdnHost,
                ClientCertificates = CertificateFile.Length > 0
                    ? [X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile.Length > 0 ? KeyFile : null)]
                    : null,
            };
            if (AuthorityFile.Length > 0)
                options.CertificateChainPolicy = PolicyOf(AuthorityFile);
            else if (IsThisMachine(url))
                options.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
            return options;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CtlException($"a certificate or key cannot be used: {e.Message}", e);
        }
    }

    /// <summary>The runtime itself named this address, over a socket that only root can open.</summary>
    private static bool IsThisMachine(Uri url) =>
        IPAddress.TryParse(url.DnsSafeHost, out var address) && IPAddress.IsLoopback(address);

    private static X509ChainPolicy PolicyOf(string file)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck
        };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }
}
