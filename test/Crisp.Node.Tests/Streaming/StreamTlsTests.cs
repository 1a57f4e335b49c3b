using System.Security.Cryptography.X509Certificates;
using Crisp.Testing.Registries;

namespace Crisp.Node.Tests.Streaming;

/// <summary>Streams over TLS, with crispctl as the client, whose options say whom to believe and who it is.</summary>
[TestFixture("crun", false)]
[TestFixture("runc", true)]
[CancelAfter(120_000)]
public class StreamTlsTests(string runtime, bool clientsNeedCertificates) : StreamFixture(runtime)
{
    private const string Name = "streams.test";

    private static readonly string Files = $"{NodeRun.Slot.Directory}-stream-tls";

    private string _container = "";

    protected override NodeOptions Options => base.Options with
    {
        ApiSettings = $"""
            stream_enable_tls = true
            stream_tls_cert = "{Files}/server.pem"
            stream_tls_key = "{Files}/server.key"
            {(clientsNeedCertificates ? $"stream_tls_ca = \"{Files}/ca.pem\"" : "")}
            """,
    };

    protected override async Task PrepareAsync()
    {
        Directory.CreateDirectory(Files);
        using TestAuthority authority = new();
        using TestAuthority stranger = new();
        await File.WriteAllTextAsync($"{Files}/ca.pem", authority.Pem);
        await File.WriteAllTextAsync($"{Files}/strange-ca.pem", stranger.Pem);
        await WriteAsync("server", authority.Sign(Name));
        await WriteAsync("client", authority.Sign("client"));
        await WriteAsync("strange-client", stranger.Sign("client"));
    }

    [OneTimeTearDown]
    public void RemoveFiles() => Directory.Delete(Files, recursive: true);

    [SetUp]
    public async Task RunContainerAsync() => _container = await Target.RunSleeperAsync();

    [Test]
    public async Task RightAuthorityAndName_AreBelieved([Values("spdy", "websocket")] string transport)
    {
        CommandResult result = await ExecAsync(
            "-r", transport, "--tls-ca", $"{Files}/ca.pem", "--tls-sni", Name,
            "--tls-cert", $"{Files}/client.pem", "--tls-key", $"{Files}/client.key");

        Assert.That((result.ExitCode, result.Output, result.Errors), Is.EqualTo((3, "out\n", "err\n")));
    }

    [Test]
    public async Task PortForward_GoesThroughTls(CancellationToken cancellationToken)
    {
        int port = await PortForwardCases.RunEchoAsync(Target);
        await using RunningCommand forward = RunningCommand.Start(
            Target.Crispctl[0],
            [
                .. Target.Crispctl[1..], "port-forward", "--tls-cert", $"{Files}/client.pem", "--tls-key",
                $"{Files}/client.key",
                Target.PodId, $":{port}",
            ]);
        await forward.ReadUntilAsync($" -> {port}\n", cancellationToken);
    }

    [TestCase("--tls-ca", "strange-ca.pem", "--tls-server-name", Name)]
    [TestCase("--tls-ca", "ca.pem", "--tls-server-name", "other.test")]
    [TestCase("--tls-ca", "ca.pem")]
    public async Task WrongAuthorityOrName_IsRefused_AndSaid(params string[] options)
    {
        CommandResult result = await ExecAsync(
            [.. options.Select(
                option => option.EndsWith(".pem", StringComparison.Ordinal) ? $"{Files}/{option}" : option)]);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Does.Contain("certificate"));
    }

    /// <summary>
    /// The runtime itself named the address, so without an authority a server of this machine is believed.
    /// </summary>
    [Test]
    public async Task NoAuthority_ServerOfThisMachine_IsBelieved()
    {
        CommandResult result = await ExecAsync("--tls-cert", $"{Files}/client.pem", "--tls-key", $"{Files}/client.key");

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((3, "out\n")));
    }

    [Test]
    public async Task ClientWithoutTheRightCertificate_IsServedWhereNoneIsNeeded(
        [Values("", "strange-client")] string certificate)
    {
        CommandResult result = await ExecAsync(
            certificate.Length == 0
                ? []
                : ["--tls-cert", $"{Files}/{certificate}.pem", "--tls-key", $"{Files}/{certificate}.key"]);

        Assert.That(result.ExitCode, Is.EqualTo(clientsNeedCertificates ? 1 : 3), result.Errors);
    }

    private Task<CommandResult> ExecAsync(params string[] options) => Command.RunAsync(
        Target.Crispctl[0],
        [.. Target.Crispctl[1..], "exec", .. options, _container, "sh", "-c", "echo out; echo err >&2; exit 3"]);

    private static async Task WriteAsync(string name, X509Certificate2 certificate)
    {
        using (certificate)
        {
            using var key = certificate.GetRSAPrivateKey();
            await File.WriteAllTextAsync($"{Files}/{name}.pem", certificate.ExportCertificatePem());
            await File.WriteAllTextAsync($"{Files}/{name}.key", key!.ExportPkcs8PrivateKeyPem());
        }
    }
}
