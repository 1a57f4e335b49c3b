using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Crisp.Streaming.Server;
using Crisp.Streaming.Tests.Fakes;

namespace Crisp.Streaming.Tests.Server;

[CancelAfter(120_000)]
public class TlsTests
{
    private string _directory = null!; // made before each test

    private TlsFiles Files => new(Path.Combine(_directory, "cert.pem"), Path.Combine(_directory, "key.pem"), null);

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("crisptls").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public async Task ChangedCertificate_ServesTheNextClient(CancellationToken timeout)
    {
        var first = Write("first", DateTime.UnixEpoch);
        await using var server = new RunningServer(new StreamServerOptions { Tls = Files });
        var url = server.ExecUrl("cat");
        Assert.That(url.Scheme, Is.EqualTo("https"));
        Assert.That(await PresentedAsync(url, SslProtocols.None, timeout), Is.EqualTo(first));

        var second = Write("second", DateTime.UnixEpoch.AddHours(1));

        Assert.That(await PresentedAsync(url, SslProtocols.None, timeout), Is.EqualTo(second));
        await File.WriteAllTextAsync(Files.Certificate, "no certificate", timeout);
        Assert.That(
            await PresentedAsync(url, SslProtocols.None, timeout), Is.EqualTo(second), "the last good one serves on");
    }

    [Test]
    public async Task MinimumVersion_IsKept(CancellationToken timeout)
    {
        var name = Write("strict", DateTime.UnixEpoch);
        await using var server = new RunningServer(
            new StreamServerOptions { Tls = Files, MinTlsVersion = SslProtocols.Tls13 });
        var url = server.ExecUrl("cat");

        Assert.That(async () => await PresentedAsync(url, SslProtocols.Tls12, timeout), Throws.InstanceOf<Exception>());
        Assert.That(await PresentedAsync(url, SslProtocols.Tls13, timeout), Is.EqualTo(name));
    }

    [Test]
    public async Task ClientCa_ClientsWithoutACertificate_AreRefused(CancellationToken timeout)
    {
        Write("server", DateTime.UnixEpoch);
        await using var server = new RunningServer(
            new StreamServerOptions { Tls = Files with { ClientCa = Files.Certificate } });
        var url = server.ExecUrl("cat");

        Assert.That(async () => await AskAsync(url, null, timeout), Throws.InstanceOf<IOException>());
        using var known = X509Certificate2.CreateFromPemFile(Files.Certificate, Files.Key);
        Assert.That(await AskAsync(url, known, timeout),
            Does.StartWith("HTTP/1.1 404 "), "and the one that is known is answered");
    }

    [Test]
    public void MissingFiles_StopTheStart() =>
        Assert.That(() => new RunningServer(new StreamServerOptions { Tls = Files }), Throws.InstanceOf<IOException>());

    private string Write(string name, DateTime changed)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        File.WriteAllText(Files.Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(Files.Key, key.ExportPkcs8PrivateKeyPem());
        File.SetLastWriteTimeUtc(Files.Certificate, changed);
        return $"CN={name}";
    }

    private static async Task<string?> PresentedAsync(Uri url, SslProtocols protocols, CancellationToken timeout)
    {
        await using var tls = await ConnectAsync(url, null, protocols, timeout);
        return tls.RemoteCertificate?.Subject;
    }

    private static async Task<string> AskAsync(Uri url, X509Certificate2? client, CancellationToken timeout)
    {
        await using var tls = await ConnectAsync(url, client, SslProtocols.None, timeout);
        await tls.WriteAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), timeout);
        var answer = new byte[100];
        var count = await tls.ReadAsync(answer, timeout);
        return count > 0 ? System.Text.Encoding.ASCII.GetString(answer, 0, count) : throw new IOException("closed");
    }

    private static async Task<SslStream> ConnectAsync(
        Uri url, X509Certificate2? client, SslProtocols protocols, CancellationToken timeout)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(url.Host, url.Port, timeout);
        var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "x",
                EnabledSslProtocols = protocols,
                ClientCertificates = client is null ? null : [client],
#pragma warning disable CA5359 // the test looks at the certificate itself
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
            },
            timeout);
        return tls;
    }
}
