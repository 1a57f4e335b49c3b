using Crisp.Cri.Generations.V1Alpha2;
using Crisp.Cri.Tests.Fakes;
using Google.Protobuf;
using Runtime.V1;
using A2 = Runtime.V1Alpha2;

namespace Crisp.Cri.Tests.Generations.V1Alpha2;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class V1Alpha2BinderTests
{
    private readonly Exchanges _v1 = new();
    private readonly BoundMethods _bound = new();

    [SetUp]
    public void SetUp()
    {
        var binder = new V1Alpha2Binder(_bound);
        global::Runtime.V1.RuntimeService.BindService(binder, new CannedRuntime(_v1));
        global::Runtime.V1.ImageService.BindService(binder, new CannedImages(_v1));
    }

    [Test]
    public void Methods_AreThoseOfTheDescriptor() => Assert.That(
        _bound.Unary.Concat(_bound.Streams),
        Is.EquivalentTo(A2.VersionRequest.Descriptor.File.Services.SelectMany(service =>
            service.Methods.Select(method => $"/{service.FullName}/{method.Name}"))));

    [Test]
    public async Task Version_NamesThisApi()
    {
        _v1.WillAnswer(new VersionResponse { Version = "0.1.0", RuntimeApiVersion = "v1" });

        var answer = A2.VersionResponse.Parser.ParseFrom(
            await _bound.CallAsync("/runtime.v1alpha2.RuntimeService/Version", new A2.VersionRequest()));

        Assert.That((answer.Version, answer.RuntimeApiVersion), Is.EqualTo(("0.1.0", "v1alpha2")));
    }

    [Test]
    public async Task EnvironmentValue_IsTheBytesOfItsText()
    {
        await _bound.CallAsync("/runtime.v1alpha2.RuntimeService/CreateContainer", new A2.CreateContainerRequest
        {
            Config = new A2.ContainerConfig { Envs = { new A2.KeyValue { Key = "K", Value = "ä" } } },
        });

        Assert.That(
            ((CreateContainerRequest)_v1.Request!).Config.Envs.Single().Value,
            Is.EqualTo(ByteString.CopyFromUtf8("ä"))); // set by the call
    }

    [Test]
    public async Task Fields_ThatOnlyOneSideKnows_PassThrough()
    {
        var unknown = new ListContainersResponse { Containers = { new Container { Id = "c", ImageId = "sha256:ff" } } };
        _v1.WillAnswer(unknown);
        byte[] request = [0xfa, 0x3f, 0x01, (byte)'x']; // field 1023, "x"

        var answer = await _bound.CallAsync("/runtime.v1alpha2.RuntimeService/ListContainers", request);

        Assert.That(_v1.Request!.ToByteArray(), Is.EqualTo(request)); // set by the call
        Assert.That(
            A2.ListContainersResponse.Parser.ParseFrom(answer).ToByteArray(), Is.EqualTo(unknown.ToByteArray()));
    }
}
