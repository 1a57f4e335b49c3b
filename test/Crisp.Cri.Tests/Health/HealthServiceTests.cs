using Crisp.Cri.Health;
using Crisp.Cri.Tests.Fakes;
using Grpc.Core;
using Grpc.Health.V1;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Crisp.Cri.Tests.Health;

public sealed class HealthServiceTests
{
    private readonly HealthService _health = new(["runtime.v1.RuntimeService"]);

    [TestCase("")]
    [TestCase("runtime.v1.RuntimeService")]
    public async Task Check_OfTheServerAndOfAService_Serves(string service) => Assert.That(
        (await _health.Check(new HealthCheckRequest { Service = service }, new FakeCallContext())).Status,
        Is.EqualTo(ServingStatus.Serving));

    [Test]
    public void Check_OfAnUnknownService_IsNotFound() => Assert.That(
        () => _health.Check(new HealthCheckRequest { Service = "runtime.v9.RuntimeService" }, new FakeCallContext()),
        Throws.TypeOf<RpcException>()
            .With.Property("StatusCode").EqualTo(StatusCode.NotFound).And.Message.Contains("runtime.v9"));

    [Test]
    public async Task List_NamesEveryService() => Assert.That(
        (await _health.List(new HealthListRequest(), new FakeCallContext())).Statuses,
        Is.EqualTo(new Dictionary<string, HealthCheckResponse>
        {
            ["runtime.v1.RuntimeService"] = new() { Status = ServingStatus.Serving }
        }));

    [TestCase("", ServingStatus.Serving)]
    [TestCase("other", ServingStatus.ServiceUnknown)]
    public void Watch_SaysItAtOnce_AndEndsWithItsCall(string service, ServingStatus expected)
    {
        using var call = new CancellationTokenSource();
        var seen = new Watched(call);

        Assert.That(
            () => _health.Watch(new HealthCheckRequest { Service = service }, seen, new FakeCallContext(call.Token)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(seen.Status, Is.EqualTo(expected));
    }

    /// <summary>A client that goes away after the first answer.</summary>
    private sealed class Watched(CancellationTokenSource call) : IServerStreamWriter<HealthCheckResponse>
    {
        public ServingStatus Status { get; private set; }

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(HealthCheckResponse message)
        {
            Status = message.Status;
            return call.CancelAsync();
        }

        public Task WriteAsync(HealthCheckResponse message, CancellationToken cancellationToken) => WriteAsync(message);
    }
}
