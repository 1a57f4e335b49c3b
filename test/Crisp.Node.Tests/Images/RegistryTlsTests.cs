using Crisp.Testing.Images;
using Crisp.Testing.Registries;

namespace Crisp.Node.Tests.Images;

/// <summary>
/// Registries over HTTPS, as all in the world are. Names lead to loopback through a hosts file that only the daemon
/// sees.
/// </summary>
[TestFixture("crun")]
public class RegistryTlsTests(string runtime) : NodeFixture(runtime)
{
    private const string Name = "registry.test";
    private const string OtherName = "other.test";

    private static readonly string Files = $"{NodeRun.Slot.Directory}-tls";

    private readonly TestAuthority _trusted = new();
    private readonly TestAuthority _stranger = new();
    private ScriptedRegistry _registry = null!;
    private ScriptedRegistry _strangersRegistry = null!;

    protected override NodeOptions Options => base.Options with
    {
        DaemonWrapper =
        [
            "unshare", "--mount", "--propagation", "private", "sh", "-euc",
            $"mount --bind {Files}/hosts /etc/hosts; export SSL_CERT_FILE={Files}/authorities.pem; exec \"$@\"", "sh",
        ],
    };

    protected override async Task PrepareAsync()
    {
        System.IO.Directory.CreateDirectory(Files);
        await File.WriteAllTextAsync($"{Files}/hosts", $"127.0.0.1 localhost {Name} {OtherName}\n");
        await File.WriteAllTextAsync($"{Files}/authorities.pem", _trusted.Pem);
        _registry = await ScriptedRegistry.StartAsync(_trusted.Sign(Name));
        _strangersRegistry = await ScriptedRegistry.StartAsync(_stranger.Sign(Name));
    }

    [OneTimeTearDown]
    public async Task StopRegistriesAsync()
    {
        await _registry.DisposeAsync();
        await _strangersRegistry.DisposeAsync();
        _trusted.Dispose();
        _stranger.Dispose();
        System.IO.Directory.Delete(Files, recursive: true);
    }

    [Test]
    public async Task TrustedCertificate_Pulls() =>
        Assert.That(await Cri.PullAsync(Serve(_registry, Name)), Is.EqualTo(StandardImages.WithEntrypoint.Id));

    [Test]
    public async Task CertificateOfAStranger_IsRefused_AndSaid()
    {
        var refusal = await Refused.ExpectAsync(() => Cri.PullAsync(Serve(_strangersRegistry, Name)));

        Assert.That(refusal.Status.Detail, Does.Contain("certificate").And.Contain(Name));
    }

    [Test]
    public async Task CertificateForAnotherName_IsRefused_AndSaid()
    {
        var refusal = await Refused.ExpectAsync(() => Cri.PullAsync(Serve(_registry, OtherName)));

        Assert.That(refusal.Status.Detail, Does.Contain("certificate").And.Contain(OtherName));
    }

    private static string Serve(ScriptedRegistry registry, string name) =>
        registry.Serve(StandardImages.WithEntrypoint, "test/tls", "1").Replace(
            "127.0.0.1", name, StringComparison.Ordinal);
}
