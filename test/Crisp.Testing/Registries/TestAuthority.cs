using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Crisp.Testing.Registries;

/// <summary>A certificate authority that lives as long as a test, and the certificates it signs.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddDays(-1);
    private readonly X509Certificate2 _certificate;

    public TestAuthority()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=authority of a test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _certificate = request.CreateSelfSigned(From, From.AddDays(30));
    }

    /// <summary>What a client needs to know in order to trust it.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>A server's certificate for one DNS name.</summary>
    public X509Certificate2 Sign(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(_certificate, From, From.AddDays(20), RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }

    public void Dispose() => _certificate.Dispose();
}
