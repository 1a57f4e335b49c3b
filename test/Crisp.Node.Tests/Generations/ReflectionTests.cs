using Crisp.Grpc.Client;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1;

namespace Crisp.Node.Tests.Generations;

/// <summary>What makes `grpcurl -unix` work: the daemon describes itself, and says that it is well.</summary>
[TestFixture("crun")]
public class ReflectionTests(string runtime) : NodeFixture(runtime)
{
    private static readonly string[] s_cri =
    [
        "runtime.ImageService", "runtime.RuntimeService", "runtime.v1.ImageService", "runtime.v1.RuntimeService",
        "runtime.v1alpha2.ImageService", "runtime.v1alpha2.RuntimeService",
    ];

    [Test]
    public async Task Services_AreListed_AndDescribed([Values("v1", "v1alpha")] string version)
    {
        var answers = await ReflectionClient.AskAsync(
            Node.SocketPath, version,
            [new() { ListServices = "*" },
                .. s_cri.Select(service => new ServerReflectionRequest { FileContainingSymbol = service })]);

        Assert.That(
            answers[0].ListServicesResponse.Service.Select(service => service.Name), Is.SupersetOf(s_cri));
        var files = answers.Skip(1)
            .Select(answer => FileDescriptor.BuildFromByteStrings(answer.FileDescriptorResponse.FileDescriptorProto)
                .Single());
        Assert.That(
            files.Select(file => file.Services.Single(service => service.Name == "RuntimeService").Methods.Count),
            Is.EqualTo(new[] { 17, 17, 37, 37, 24, 24 }));
    }

    [Test]
    public async Task Health_IsServing_AndUnknownServicesAreNotFound()
    {
        using var channel = new UnixSocketChannel(Node.SocketPath);
        var health = new Health.HealthClient(channel);

        foreach (var service in s_cri.Append(""))
            Assert.That(
                (await health.CheckAsync(new HealthCheckRequest { Service = service }, CriCalls.Options())).Status,
                Is.EqualTo(HealthCheckResponse.Types.ServingStatus.Serving));
        await Refused.WithAsync(
            StatusCode.NotFound,
            async () => await health.CheckAsync(
                new HealthCheckRequest { Service = "runtime.v9.Service" }, CriCalls.Options()),
            "runtime.v9.Service");
    }
}
